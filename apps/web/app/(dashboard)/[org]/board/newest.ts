import type { Board } from "@branchline/core/board/queries";

/** The newest deployment on a board; 0 without one. */
export function newestOf(board: Board): number {
  const cells = board.services.flatMap((service) => Object.values(service.cells));
  return Math.max(0, ...cells.map((cell) => cell.number));
}
