/// <reference lib="dom" />
import type { Page } from "@playwright/test";

export type Scrolled = {
  frames: number;
  /** Frames in which some of the view held no row. */
  blank: number;
  /** Frames whose rows were not those of where the log was scrolled to. */
  late: number;
  slowestMs: number;
};

/** Scrolls through the whole log by steps and by leaps, and looks at every frame. */
export function scrollThrough(page: Page): Promise<Scrolled> {
  return page.evaluate(inPage);
}

async function inPage(): Promise<Scrolled> {
  const scroller = document.querySelector<HTMLElement>('[aria-label="Log lines"]');
  if (scroller === null) throw new Error("There is no log");
  const result = { frames: 0, blank: 0, late: 0, slowestMs: 0 };
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const lineInView = () => Number(scroller.querySelector('a[href^="#L"]')?.textContent);
  const lengths = [900, 4_000, 50_000, 1_000_000];
  let before = await nextFrame();
  for (let frame = 0; frame < 400; frame += 1) {
    const length = lengths[Math.floor(frame / 100)] ?? 0;
    const end = scroller.scrollHeight - scroller.clientHeight;
    scroller.scrollTop = (scroller.scrollTop + length) % end;
    const now = await nextFrame();
    result.slowestMs = Math.max(result.slowestMs, now - before);
    before = now;
    // The frame that this one follows has been painted: what stands now is what it showed.
    const view = scroller.getBoundingClientRect();
    const rows = [...scroller.querySelectorAll<HTMLElement>('a[href^="#L"], button[aria-expanded]')];
    const tops = rows.map((row) => row.getBoundingClientRect());
    const isCovered =
      (tops[0]?.top ?? Infinity) <= view.top + 1 && (tops.at(-1)?.bottom ?? 0) >= view.top + scroller.clientHeight - 1;
    result.frames += 1;
    if (!isCovered) result.blank += 1;
    const share = scroller.scrollTop / end;
    const expected = share * 1_000_000;
    if (Math.abs(lineInView() - expected) > 60) result.late += 1;
  }
  return result;
}
