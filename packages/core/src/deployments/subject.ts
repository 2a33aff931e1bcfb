const merge = /^Merge (?:pull request|branch) /;

/**
 * A commit's message in one line. GitHub titles a merge after its branch, and says below what was merged: that is what a
 * person looks for.
 */
export function subjectOf(message: string): string {
  const [first = "", ...below] = message.split("\n").map((line) => line.trim());
  if (!merge.test(first)) return first;
  const title = below.find((line) => line !== "");
  const pull = /#\d+/.exec(first)?.[0];
  if (title === undefined) return first;
  return pull === undefined || title.includes(pull) ? title : `${title} (${pull})`;
}
