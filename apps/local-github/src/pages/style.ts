/** The one stylesheet: plain, readable, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --line: #d1d9e0; --page: #f6f8fa; --card: #fff;
  --accent: #0a5fc8; --good: #1a7f37; --bad: #c4212c; --wait: #9a6700; --merged: #7d3fc4; --code: #f0f3f6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #343c46; --page: #0d1117;
  --card: #151b23; --accent: #4493f8; --good: #3fb950; --bad: #f85149; --wait: #d29922; --merged: #ab7df8; --code: #1c232c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
a { color: var(--accent); text-decoration: none; } a:hover, p a { text-decoration: underline; } p a.button { text-decoration: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
header { display: flex; gap: 12px; align-items: center; padding: 10px 20px; background: var(--card); border-bottom: 1px solid var(--line); }
header > a { font-weight: 600; color: var(--ink); } header form { margin: 0; } header a, header button { white-space: nowrap; } header .space { flex: 1; }
main { max-width: 1000px; margin: 0 auto; padding: 24px 20px 60px; } main.narrow { max-width: 480px; }
h1 { font-size: 22px; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 15px; margin: 28px 0 8px; }
.soft { color: var(--soft); } .small { font-size: 13px; } p { margin: 6px 0 12px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px; margin: 12px 0; }
ul.rows { list-style: none; padding: 0; margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
ul.rows > li { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; padding: 10px 14px; border-top: 1px solid var(--line); }
ul.rows > li:first-child { border-top: 0; } ul.rows .grow { flex: 1 1 260px; min-width: 0; overflow-wrap: anywhere; }
code, pre, textarea { font: 13px/1.5 ui-monospace, monospace; } code { background: var(--code); border-radius: 5px; padding: 1px 5px; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px; overflow-x: auto; margin: 0 0 12px; }
pre .plus { color: var(--good); } pre .minus { color: var(--bad); } pre .hunk { color: var(--soft); }
button, .button { font: inherit; font-weight: 500; padding: 6px 14px; border-radius: 6px; border: 1px solid var(--line);
  background: var(--card); color: var(--ink); cursor: pointer; display: inline-block; }
button.main, .button.main { background: #1a7f37; border-color: #1a7f37; color: #fff; } button.danger { color: var(--bad); }
button:disabled { opacity: .55; cursor: not-allowed; } button.wide { width: 100%; text-align: left; padding: 10px 14px; margin-bottom: 8px; }
label { display: block; margin: 10px 0 4px; font-weight: 500; } label.choice { font-weight: 400; margin: 6px 0; }
input[type=text], select, textarea { width: 100%; font-size: 14px; padding: 7px 10px; border: 1px solid var(--line); border-radius: 6px;
  background: var(--page); color: var(--ink); } textarea { min-height: 320px; } form.inline { display: inline; }
.row { display: flex; flex-wrap: wrap; gap: 10px; align-items: end; } .row > * { flex: 0 1 auto; }
.mark { font-weight: 600; white-space: nowrap; } .good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); } .merged { color: var(--merged); }
.face { width: 20px; height: 20px; border-radius: 50%; vertical-align: -4px; } details { margin-top: 20px; } summary { cursor: pointer; }
@media (max-width: 560px) { header .tagline { display: none; } main { padding: 18px 14px 48px; } }
.note { border-color: var(--bad); color: var(--bad); }
`;
