/** One line of a benchmark's table, by column. */
export type Row = { name: string } & Record<string, string | number>;

/** Starts what it needs, measures, and ends all that it started. */
export type Benchmark = { name: string; run(): Promise<Row[]> };
