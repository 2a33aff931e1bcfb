const esc = "\u001b";
const mark = (number: number) => `window.hostile=${number}`;

/** Lines by which a build might reach whoever reads its log, each with what a person should read of it. */
export const hostileLines: [string, string][] = [
  ...asTheyAre(
    `<script>${mark(1)}</script>`,
    `<img src=x onerror="${mark(2)}">`,
    `"><svg/onload=${mark(3)}>`,
    `<iframe src="javascript:parent.${mark(4)}"></iframe>`,
    `<a href="javascript:${mark(5)}">a link</a>`,
    `javascript:${mark(6)}`,
    "&lt;script&gt; &#60;b&#62;",
    `{{constructor.constructor('${mark(7)}')()}} \${${mark(8)}}`,
    `</span></section></body><script>${mark(9)}</script>`,
    `</script><script>${mark(10)}</script>`,
    `<!--<script>${mark(11)}//-->`,
  ),
  [`a ${esc}]8;;javascript:${mark(12)}${esc}\\link${esc}]8;;${esc}\\ of a terminal`, "a link of a terminal"],
  [`a ${esc}]8;id=1;data:text/html,<script>${mark(13)}</script>\u0007link${esc}]8;;\u0007 too`, "a link too"],
  [`the ${esc}]52;c;aG9zdGlsZQ==\u0007clipboard`, "the clipboard"],
  [`a ${esc}]0;hostile\u0007title and ${esc}]2;hostile${esc}\\another`, "a title and another"],
  [`eight \u009d0;hostile\u0007bits`, "eight bits"],
  [`${esc}[38;2;1;2;3murl(javascript:${mark(14)})${esc}[0m in colour`, `url(javascript:${mark(14)}) in colour`],
  [`${esc}[31;x" onmouseover="${mark(15)}"mred`, `" onmouseover="${mark(15)}"mred`],
  [`${esc}[2J${esc}[1;1Hcleared${esc}[8m`, "cleared"],
];

function asTheyAre(...lines: string[]): [string, string][] {
  return lines.map((line) => [line, line]);
}

export const lastLine = "that was all of it";

/** A script that prints them, and a variable of the build as it is, in colours, and in base64 twice; and fails. */
export function hostileScript(variable: string): string {
  const lines = hostileLines.map(([line]) => `${line}\n`).join("");
  return `
const value = process.env[${JSON.stringify(variable)}];
const base64 = (text) => Buffer.from(text).toString("base64");
process.stdout.write(${JSON.stringify(lines)});
console.log("plain", value);
console.log("coloured", [...value].map((letter) => "\\u001b[36m" + letter).join(""));
console.log("twice", base64(base64(value)));
console.log(${JSON.stringify(lastLine)});
process.exitCode = 1;
`;
}
