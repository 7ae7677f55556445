/** Styles on paper: light whatever the screen is, everything unfolded, nothing that only works on a screen. */
export const printStyles = `
@media print{
:root{color-scheme:light;--paper:#fff;--raised:#fff;--line:#c4c9cf;--ink:#000;--dim:#444c55;--link:#000;
--critical:#9b1c31;--on-critical:#fff;--high:#b4400e;--on-high:#fff;--medium:#f4d58a;--on-medium:#473000;--low:#cfe0f3;--on-low:#12395f;
--undetermined:#6b3fa0;--on-undetermined:#fff;--clear:#d3ebd8;--on-clear:#14472a;--other:#e6e9ed;--on-other:#2c343d}
@page{margin:14mm}
html{font-size:9.5pt}
body{font-size:1rem}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.top,main{max-width:none;padding:0}
.skip,nav,.tools:not(.filtered),.tools label{display:none}
section{margin-top:1.6rem}
.piece{content-visibility:visible}
details::details-content{content-visibility:visible;display:block;height:auto;block-size:auto}
summary{color:inherit;list-style:none;font-weight:600}
summary::-webkit-details-marker{display:none}
th button{color:inherit}
th button::after{content:""}
h2,.figures,.first li,.facts>div{break-inside:avoid;break-after:auto}
h2{break-after:avoid}
thead{display:table-header-group}
}
`;
