/** What a page with checks runs: it takes the new page's content over when a mark or a number of marks changed. */
export const LIVE_SCRIPT = `
const marks = (page) => [...page.querySelectorAll(".mark")].map((mark) => mark.textContent + mark.title).join("|");
async function follow() {
  if (document.hidden) return;
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (marks(next) !== marks(document)) document.querySelector("main").replaceWith(next.querySelector("main"));
}
setInterval(() => follow().catch(() => undefined), 2000);
`;
