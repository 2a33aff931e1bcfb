import { type Chunker, type ChunkerOptions, createChunker } from "./chunk/chunker.ts";
import { createLines } from "./chunk/lines.ts";
import { createCleaner } from "./clean/cleaner.ts";
import { createMask } from "./mask/mask.ts";
import type { Secrets } from "./mask/secrets.ts";

export type LogWriterOptions = ChunkerOptions & {
  secrets: Secrets;
  /** A longer line goes on in the next. */
  lineBytesMax?: number;
};

export type LogWriter = {
  write(stream: string, bytes: Uint8Array): void;
  /** The stream ends here, or a part of it that nothing behind it belongs to: what it held back is shown, its last line ended. */
  end(stream: string): void;
  flush(): void;
  /** Number of the line that comes next. */
  nextLine(): number;
};

/** Output → clean → mask → lines, for each stream apart; the lines of all into chunks. */
export function createLogWriter({ secrets, lineBytesMax = 65_536, ...options }: LogWriterOptions): LogWriter {
  const chunker = createChunker(options);
  const streams = new Map<string, Stream>();

  function streamOf(name: string): Stream {
    const stream = streams.get(name) ?? createStream(name, { secrets, lineBytesMax, chunker });
    streams.set(name, stream);
    return stream;
  }

  return {
    write: (stream, bytes) => streamOf(stream).write(bytes),
    end: (stream) => streamOf(stream).end(),
    flush: chunker.flush,
    nextLine: chunker.nextLine,
  };
}

type Stream = { write(bytes: Uint8Array): void; end(): void };

function createStream(
  name: string,
  { secrets, lineBytesMax, chunker }: { secrets: Secrets; lineBytesMax: number; chunker: Chunker },
): Stream {
  const cleaner = createCleaner();
  const mask = createMask(secrets);
  const lines = createLines(lineBytesMax, (line, continues) => chunker.add(line, name, continues));
  return {
    write: (bytes) => lines.write(mask.write(cleaner.write(bytes))),
    end() {
      lines.write(mask.write(cleaner.end()));
      lines.write(mask.end());
      lines.end();
    },
  };
}
