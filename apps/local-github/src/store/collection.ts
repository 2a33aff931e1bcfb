import type { DatabaseSync } from "node:sqlite";

/** Anything kept in a collection; ids start at 1 and are never given twice. */
export interface Row {
  id: number;
}

/**
 * Rows of one kind: read from memory, written through to SQLite before the call returns.
 * Rows are replaced, never changed in place, so a row in hand stays what it was.
 */
export class Collection<T extends Row> {
  readonly #rows = new Map<number, T>();
  readonly #db: DatabaseSync;
  readonly #name: string;

  constructor(db: DatabaseSync, name: string) {
    this.#db = db;
    this.#name = name;
    db.exec(`CREATE TABLE IF NOT EXISTS ${name} (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)`);
    for (const row of db.prepare(`SELECT id, body FROM ${name} ORDER BY id`).all()) {
      const id = Number(row.id);
      this.#rows.set(id, { ...(JSON.parse(String(row.body)) as T), id });
    }
  }

  all(): T[] {
    return [...this.#rows.values()];
  }

  get(id: number): T | undefined {
    return this.#rows.get(id);
  }

  find(matches: (row: T) => boolean): T | undefined {
    for (const row of this.#rows.values()) {
      if (matches(row)) return row;
    }
    return undefined;
  }

  filter(matches: (row: T) => boolean): T[] {
    return this.all().filter(matches);
  }

  insert(fields: Omit<T, "id">): T {
    const result = this.#db.prepare(`INSERT INTO ${this.#name} (body) VALUES (?)`).run(JSON.stringify(fields));
    const row = { ...fields, id: Number(result.lastInsertRowid) } as T;
    this.#rows.set(row.id, row);
    return row;
  }

  /** Throws when the row is gone. */
  update(id: number, changes: Partial<Omit<T, "id">>): T {
    const current = this.#rows.get(id);
    if (!current) throw new Error(`${this.#name} ${id} does not exist`);
    const row = { ...current, ...changes, id };
    this.#db.prepare(`UPDATE ${this.#name} SET body = ? WHERE id = ?`).run(JSON.stringify(row), id);
    this.#rows.set(id, row);
    return row;
  }

  remove(id: number): void {
    this.#db.prepare(`DELETE FROM ${this.#name} WHERE id = ?`).run(id);
    this.#rows.delete(id);
  }
}
