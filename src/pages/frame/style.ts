/** The one stylesheet. Logical properties throughout, so that it holds from right to left too. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f4f3ef; --sheet: #fff; --ink: #1d1c1a; --quiet: #5c5952;
  --line: #857f74; --hair: #dedad1; --accent: #0b5a54; --on-accent: #fff;
  --alarm: #9c1f17; --alarm-ground: #fdeeec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131312; --sheet: #1d1c1a; --ink: #f1efe9; --quiet: #b5b0a5;
    --line: #8d877b; --hair: #383631; --accent: #74d3c7; --on-accent: #06211e;
    --alarm: #ffb3aa; --alarm-ground: #3a1713;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none; }
body {
  margin: 0; min-block-size: 100vh; min-block-size: 100dvh;
  display: grid; grid-template: auto 1fr auto / minmax(0, 34rem);
  justify-content: center; gap: 1.25rem;
  padding: clamp(.5rem, 5vw, 3.5rem) 1rem 1.25rem;
  background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere;
}
header, footer { color: var(--quiet); font-size: .9375rem; }
header a { color: inherit; text-decoration: none; }
header > a { color: var(--ink); font-size: 1.0625rem; font-weight: 650; }
header img { margin-inline-end: .625rem; vertical-align: middle; }
header a, nav a, .ways a, article a, main > p > a, .entries li > a { display: inline-block; padding-block: .7rem; }
.prose a { display: inline; padding: 0; }
main {
  align-self: start; padding: clamp(1.25rem, 5vw, 2.25rem);
  background: var(--sheet); border: 1px solid var(--hair); border-radius: 14px;
}
main > :last-child, footer p { margin-block-end: 0; }
h1 {
  margin: 0 0 .75rem; font-size: 1.625rem; line-height: 1.2; letter-spacing: -.015em;
  text-wrap: balance;
}
h2 { margin: 1.75rem 0 .5rem; font-size: 1.0625rem; }
h3 { margin: 0 0 .375rem; font-size: 1rem; }
p, ul, ol, dl, pre { margin: 0 0 1rem; }
ul { padding-inline-start: 1.25rem; }
a { color: var(--accent); text-underline-offset: .2em; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; padding: 0; list-style: none; }
header nav ul { gap: 0 .75rem; margin: .25rem 0 0; }
header nav a { font-weight: 500; border-block-end: 2px solid transparent; }
header [aria-current] { color: var(--ink); border-color: var(--accent); }
form { display: grid; gap: .375rem; }
label { margin-block-start: .5rem; font-weight: 600; }
.hint { margin: 0; color: var(--quiet); font-size: .9375rem; }
form + p, form + form, .notice + h1, .hint + p, .hint + .alert, input + p, textarea + p, .tick + p { margin-block-start: 1rem; }
input, select, textarea, button, .button {
  min-block-size: 48px; inline-size: 100%; padding: .5rem .875rem;
  border: 1px solid var(--line); border-radius: 9px;
  background: var(--sheet); color: var(--ink); font: inherit;
}
button, .button {
  margin-block-start: 1rem; border-color: var(--accent);
  background: var(--accent); color: var(--on-accent); font-weight: 650; cursor: pointer;
}
a.button { display: grid; place-items: center; margin: 0; text-decoration: none; }
button:hover, .button:hover { filter: brightness(1.1); }
.quiet, .who button {
  inline-size: auto; margin: 0; background: transparent; color: var(--ink);
  border-color: var(--line); font-weight: 500; justify-self: start;
}
form + form > .quiet { inline-size: 100%; }
summary { padding-block: .75rem; color: var(--accent); cursor: pointer; }
.ways { margin-block: 1rem 0; padding: 0; list-style: none; }
[aria-invalid] { border-color: var(--alarm); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.alert, .notice {
  margin-block-end: 1rem; padding: .75rem 1rem; border-radius: 9px;
  border-inline-start: 5px solid var(--accent); background: var(--ground); font-weight: 500;
}
.alert { border-color: var(--alarm); background: var(--alarm-ground); color: var(--alarm); }
.alert p, .alert ul { margin: 0; }
.alert h2 { margin: 0 0 .25rem; }
.alert h2 ~ p { font-weight: 400; }
.alert p + p { margin-block-start: .5rem; }
.code {
  padding: .75rem; border: 1px dashed var(--line); border-radius: 9px; text-align: center;
  font: 700 clamp(1.5rem, 9vw, 2.5rem)/1.2 ui-monospace, monospace; letter-spacing: .06em;
}
.code, .code-field, .secret, .codes ol, pre, [type=email] { direction: ltr; }
.code-field { font: 600 1.25rem/1.5 ui-monospace, monospace; text-transform: uppercase; }
dl { display: grid; grid-template-columns: fit-content(42%) minmax(0, 1fr); gap: .25rem 1rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
@media (max-width: 34rem) {
  main > dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  main > dl dd + dt { margin-block-start: .5rem; }
}
.sides { display: grid; gap: 0 1.5rem; }
@media (min-width: 34rem) {
  .sides { grid-template-columns: 1fr 1fr; }
  .sides dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .sides dd + dt { margin-block-start: .5rem; }
}
fieldset { min-inline-size: 0; margin: .75rem 0 0; padding: 0; border: 0; }
legend { margin: 0 0 .25rem; padding: 0; font-size: 1.0625rem; font-weight: 700; }
.ticks { margin: .25rem 0 .75rem; padding: 0; list-style: none; }
.ticks > li { padding-block: .125rem; }
.ticks > :not(:has(.tick)) { position: relative; padding-block: .5rem; padding-inline-start: 2.125rem; }
.ticks > :not(:has(.tick))::before { content: "✓" / ""; position: absolute; inset-inline-start: .25rem; }
.tick { display: flex; align-items: center; }
.tick input { flex: none; inline-size: 1.375rem; min-block-size: 1.375rem; margin: 0; accent-color: var(--accent); }
.tick label { flex: 1; margin: 0; padding-block: .625rem; padding-inline-start: .75rem; font-weight: 400; }
.choice { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0 .75rem; }
.who {
  display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem;
  margin-block-start: 1.5rem; padding-block-start: 1rem;
  border-block-start: 1px solid var(--hair); color: var(--quiet); font-size: .9375rem;
}
.who p { margin: 0; flex: 1 1 12rem; }
article + article { margin-block-start: 1.5rem; border-block-start: 1px solid var(--hair); }
pre {
  padding: .875rem; border-radius: 9px; background: var(--ground);
  font: .875rem/1.5 ui-monospace, monospace; white-space: pre-wrap;
}
.entries { padding: 0; list-style: none; }
.entries > li { padding-block: 1.125rem; border-block-start: 1px solid var(--hair); }
.entries li :is(h2, p, dl, ul) { margin: 0; }
.entries li dl { margin-block-start: .5rem; }
@media (max-width: 34rem) {
  .entries dl { display: block; }
  .entries :is(dt, dd) { display: inline; }
  .entries dt::after { content: ": "; }
  .entries dd:not(:has(ul))::after { content: "\\A"; white-space: pre; }
}
.row { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: center; }
.row > div { flex: 1 1 15rem; }
.row > a { padding-block: .75rem; }
.tag {
  display: inline-block; padding: 0 .5rem; border-radius: 99px;
  background: var(--accent); color: var(--on-accent); font-size: .8125rem; font-weight: 600;
}
h2:has(.tag) { display: flex; flex-wrap: wrap; gap: 0 .5rem; align-items: center; }
.acts { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: end; margin-block-start: .5rem; }
.acts details { flex: 1 1 8rem; }
.acts details[open] { flex-basis: 100%; }
.qr { display: block; inline-size: min(100%, 15rem); margin: 0 auto 1rem; border-radius: 9px; }
.secret { user-select: all; text-align: center; font-size: 1.0625rem; }
textarea, .codes ol { font: 1.0625rem/1.7 ui-monospace, monospace; }
.codes ol {
  columns: 12rem 2; margin-block-start: .5rem; padding: 1rem; list-style-position: inside;
  border: 1px dashed var(--line); border-radius: 9px;
}
@media print {
  body:has(.codes) > :not(main), main:has(.codes) > :not(.codes) { display: none; }
}
`;
