import { printStyles } from './styles-print.ts';
import { tableStyles } from './styles-table.ts';

const colours = `
:root{color-scheme:light dark;--paper:#fff;--raised:#f6f7f9;--line:#dfe3e8;--ink:#1a2027;--dim:#57616d;--link:#0b57b0;--focus:#0b57b0;
--critical:#9b1c31;--on-critical:#fff;--high:#b4400e;--on-high:#fff;--medium:#f4d58a;--on-medium:#473000;--low:#cfe0f3;--on-low:#12395f;
--undetermined:#6b3fa0;--on-undetermined:#fff;--clear:#d3ebd8;--on-clear:#14472a;--other:#e6e9ed;--on-other:#2c343d}
@media (prefers-color-scheme:dark){:root{--paper:#12161b;--raised:#1b2128;--line:#333c46;--ink:#e8ecf0;--dim:#a3aeba;--link:#8ab8f5;--focus:#8ab8f5;
--critical:#e0475f;--on-critical:#180206;--high:#f0905c;--on-high:#260c00;--medium:#d9b252;--on-medium:#241a00;--low:#34587f;--on-low:#eaf3fd;
--undetermined:#b592e8;--on-undetermined:#190b2e;--clear:#2b6042;--on-clear:#eaf8ef;--other:#39434e;--on-other:#eef1f4}}
`;

const base = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Helvetica,Arial,sans-serif}
.top,main{max-width:80rem;margin:0 auto;padding:0 clamp(1rem,4vw,3rem)}
.top{padding-top:clamp(1.5rem,5vw,3.5rem)}
main{padding-bottom:4rem}
.kind{margin:0;color:var(--dim);font-size:.875rem;font-weight:600;letter-spacing:.02em}
h1{margin:.25rem 0 0;font-size:clamp(1.6rem,4.5vw,2.25rem);line-height:1.2;font-weight:700;letter-spacing:-.015em;overflow-wrap:anywhere}
.answer{margin:.9rem 0 0;max-width:60ch;font-size:clamp(1.05rem,2.4vw,1.25rem);line-height:1.5}
h2{margin:0 0 .5rem;font-size:1.35rem;line-height:1.3;letter-spacing:-.01em}
h2 .dim{font-weight:400}
h3{margin:0 0 .35rem;font-size:1rem}
section{margin-top:3.5rem;scroll-margin-top:1rem}
p{margin:0 0 .75rem}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
.dim{color:var(--dim)}
.hour{color:var(--dim);white-space:nowrap}
time{font-variant-numeric:tabular-nums;white-space:nowrap}
.intro{max-width:70ch;color:var(--dim);margin-bottom:1.25rem}
code{font:.9em/1.45 ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
pre{margin:.4rem 0;padding:.55rem .75rem;background:var(--raised);border:1px solid var(--line);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
ul{margin:0;padding-left:1.15rem}
nav{margin-top:2.5rem;border-block:1px solid var(--line);padding:.7rem 0}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;list-style:none;padding:0}
summary{cursor:pointer;color:var(--link)}
.folded{margin:.5rem 0 .75rem}
`;

const parts = `
.badge{display:inline-block;padding:.06rem .5rem;border-radius:4px;background:var(--other);color:var(--on-other);font-size:.8125rem;font-weight:650;line-height:1.5;white-space:nowrap}
${['critical', 'high', 'medium', 'low', 'undetermined', 'clear'].map((word) => `.badge-${word}{background:var(--${word});color:var(--on-${word})}.fill-${word}{fill:var(--${word});background:var(--${word})}`).join('\n')}
.head{margin-top:2rem}
.figures dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1.5rem 2rem;margin:0}
.figure{border-top:3px solid var(--line);padding-top:.6rem}
${['critical', 'high', 'medium', 'low', 'undetermined', 'clear'].map((word) => `.tone-${word}{border-color:var(--${word})}`).join('\n')}
.figure dt{font-size:.9375rem;color:var(--dim)}
.figure dd{margin:0}
.figure b{display:block;font-size:2.4rem;line-height:1.15;font-weight:680;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.figure small{display:block;font-size:.875rem;color:var(--dim);line-height:1.4}
.total{margin:.9rem 0 0;color:var(--dim);font-size:.9375rem}
.shares{margin:1.75rem 0 0}
.shares svg{display:block;width:100%;height:12px;border-radius:3px}
.shares figcaption{margin-top:.5rem;font-size:.9375rem;color:var(--dim)}
.shares b{color:var(--ink);font-variant-numeric:tabular-nums}
.share{white-space:nowrap}
.dot{display:inline-block;width:.65em;height:.65em;border-radius:2px;margin-right:.35em}
.first{margin:2.25rem 0 0}
.first ol{margin:0;padding:0;list-style:none;counter-reset:first;display:grid;gap:.9rem}
.first li{counter-increment:first;display:grid;grid-template-columns:1.6rem minmax(0,1fr);gap:0 .6rem}
.first li::before{content:counter(first);color:var(--dim);font-variant-numeric:tabular-nums;font-weight:600}
.first p{margin:0}
.facts{display:grid;gap:.65rem;margin:0;max-width:62rem}
.facts>div{display:grid;grid-template-columns:minmax(0,12rem) minmax(0,1fr);gap:0 1.5rem;border-top:1px solid var(--line);padding-top:.65rem}
.facts dt{color:var(--dim)}
.facts dd{margin:0;overflow-wrap:anywhere}
@media (max-width:40rem){.facts>div{grid-template-columns:1fr}}
`;

/** All styles of a page. */
export const styles = [colours, base, parts, tableStyles, printStyles].join('').trim();
