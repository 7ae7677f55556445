/** Styles of tables: rows of a table on a wide screen, a card each on a phone. */
export const tableStyles = `
.tools{display:flex;flex-wrap:wrap;gap:.75rem 1.25rem;align-items:end;margin:0 0 1rem}
.tools[hidden]{display:none}
.tools label span{display:block;font-size:.8125rem;color:var(--dim)}
.tools input,.tools select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--dim);border-radius:6px;padding:.35rem .6rem;min-height:2.5rem;max-width:100%}
.tools input{width:min(22rem,80vw)}
.tools ::placeholder{color:var(--dim);opacity:1}
.count{margin:0;padding:.5rem 0;color:var(--dim);font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse;font-size:.9375rem;line-height:1.5}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.table{position:relative}
th{text-align:left;font-size:.8125rem;font-weight:600;color:var(--dim);border-bottom:2px solid var(--line);padding:.35rem 1.25rem .35rem 0;vertical-align:bottom}
td{border-bottom:1px solid var(--line);padding:.8rem 1.25rem .8rem 0;vertical-align:top;overflow-wrap:anywhere}
.dense td{padding-block:.3rem}
th:last-child,td:last-child{padding-right:0}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
th.narrow{width:9%}
th.medium{width:21%}
th.wide{width:52%}
.line{display:block;margin-top:.25rem;color:var(--dim);font-size:.8125rem;line-height:1.45}
.note{color:var(--dim)}
th button{all:unset;cursor:pointer;color:var(--link)}
th button:focus-visible{outline:3px solid var(--focus);outline-offset:3px;border-radius:2px}
th button::after{content:" \\2195";color:var(--dim)}
th[aria-sort=ascending] button::after{content:" \\2191";color:inherit}
th[aria-sort=descending] button::after{content:" \\2193";color:inherit}
table:not(.dense table) td:first-child{font-weight:600}
td p{margin:0}
td p+p,td p+ul,td ul+p{margin-top:.3rem}
td details{margin-top:.3rem}
td>p+details{margin-top:.3rem}
.finding+.finding{margin-top:.9rem}
.finding p{margin:0 0 .15rem}
.who{font-weight:600}
.piece{margin-top:.5rem;content-visibility:auto;contain-intrinsic-size:auto 2.5rem}
.piece[open]{contain-intrinsic-size:auto 60rem}
.piece>summary{padding:.4rem 0;font-variant-numeric:tabular-nums}
@media (max-width:47rem){
table,tbody,td{display:block}
tbody tr{display:block;border-bottom:1px solid var(--line);padding:.8rem 0}
thead tr{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;border-bottom:2px solid var(--line);padding-bottom:.35rem}
thead{display:block}
th,th.narrow,th.medium,th.wide{width:auto;border:0;padding:.2rem 0}
td{border:0;padding:.15rem 0}
td.number{text-align:left}
td::before{content:attr(data-label);display:block;font-size:.8125rem;color:var(--dim);margin-top:.3rem}
td:first-child::before,.dense td::before{display:none}
th[data-unsorted]{display:none}
.dense tbody tr{padding:.35rem 0}
.dense td{display:inline;padding:0}
.dense td:not(:last-child){margin-right:.6rem}
tbody tr[hidden]{display:none}
}
`;
