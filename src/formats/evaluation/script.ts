import { Markup } from '../contact-sheet/markup.js';

/** Buttons, where scripts run, that leave one sort of finding on the page. */
export const script = new Markup(`
const filter = document.querySelector('.filter');
filter.hidden = false;
filter.addEventListener('click', ({ target }) => {
  const { show } = target.dataset;
  if (!show) return;
  for (const button of filter.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button === target));
  for (const card of document.querySelectorAll('main > section > .findings > li'))
    card.hidden = show !== 'ALL' && card.dataset.finding !== show;
});
`);
