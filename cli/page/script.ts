/** The script of a page: it sorts and filters tables. Without it the page says the same. Kept to what every browser of the last years runs. */
export const script = `
'use strict';
for (const frame of document.querySelectorAll('.table')) {
  const bodies = [...frame.querySelectorAll('tbody')];
  const rows = bodies.flatMap((body) => [...body.rows]);
  const sizes = bodies.map((body) => body.rows.length);
  const tools = frame.querySelector('.tools');
  const find = tools && tools.querySelector('input');
  const choices = tools ? [...tools.querySelectorAll('select')] : [];
  const count = tools && tools.querySelector('.count');
  const many = (number) => number.toLocaleString('en') + ' ' + (number === 1 ? frame.dataset.noun : frame.dataset.nouns);
  const texts = new Map();
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };
  const filter = () => {
    if (!tools) return;
    const wanted = find.value.trim().toLowerCase();
    const chosen = choices.filter((choice) => choice.value !== '');
    let shown = 0;
    for (const row of rows) {
      const fits = (wanted === '' || textOf(row).includes(wanted)) &&
        chosen.every((choice) => (row.cells[choice.dataset.column].dataset.words || '').split('|').includes(choice.value));
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    const filtered = wanted !== '' || chosen.length > 0;
    tools.classList.toggle('filtered', filtered);
    for (const body of bodies) {
      const piece = body.closest('.piece');
      if (!piece) continue;
      const some = [...body.rows].some((row) => !row.hidden);
      piece.hidden = !some;
      if (filtered && some) piece.open = true;
    }
    count.textContent = filtered ? many(shown) + ' of ' + rows.length.toLocaleString('en') + ' shown' : many(rows.length);
  };
  const keyOf = (row, index) => {
    const cell = row.cells[index];
    return cell.dataset.key === undefined ? cell.textContent.trim().toLowerCase() : cell.dataset.key;
  };
  const collator = new Intl.Collator('en', { numeric: true });
  const sort = (index, turn) => {
    const keyed = rows.map((row) => [keyOf(row, index), row]);
    keyed.sort((a, b) => turn * collator.compare(a[0], b[0]));
    rows.splice(0, rows.length, ...keyed.map((pair) => pair[1]));
    let next = 0;
    bodies.forEach((body, at) => body.append(...rows.slice(next, (next += sizes[at]))));
    for (const head of frame.querySelectorAll('thead tr')) {
      [...head.cells].forEach((cell, at) => {
        if (at === index) cell.setAttribute('aria-sort', turn > 0 ? 'ascending' : 'descending');
        else cell.removeAttribute('aria-sort');
      });
    }
    filter();
  };
  for (const head of frame.querySelectorAll('thead tr')) {
    [...head.cells].forEach((cell, index) => {
      if ('unsorted' in cell.dataset) return;
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener('click', () => sort(index, cell.getAttribute('aria-sort') === 'ascending' ? -1 : 1));
    });
  }
  if (!tools) continue;
  find.addEventListener('input', filter);
  for (const choice of choices) choice.addEventListener('change', filter);
  tools.hidden = false;
  filter();
}
`.trim();
