import { z } from "zod";

/** A secret that a build printed where the log's mask could not see it. Never the secret itself. */
export const Leak = z.object({
  /** The parameter's name, or what the secret is. */
  secret: z.string().max(200),
  /** The encoding it was found in. */
  how: z.string().max(100),
  /** The line that it begins in. */
  line: z.number().int().positive(),
});
export type Leak = z.infer<typeof Leak>;

/** What is stored, or nothing when it was told by a worker of another version. */
export function leaksOf(stored: unknown): Leak[] {
  return z.array(Leak).safeParse(stored).data ?? [];
}
