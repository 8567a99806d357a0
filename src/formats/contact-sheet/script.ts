import { Markup } from './markup.js';

/**
 * Boxes to tick, where scripts run: the ticked faces (or characters) make one command. Without a script the page offers
 * a command for each.
 */
export const script = new Markup(`
for (const tick of document.querySelectorAll('.tick')) tick.hidden = false;
const quoted = (id) => (/^[\\w.:@%+=,/][\\w.:@%+=,/-]*$/.test(id) ? id : "'" + id.replaceAll("'", "'\\\\''") + "'");
document.addEventListener('change', ({ target }) => {
  const pick = target.dataset.pick;
  if (!pick) return;
  const section = target.closest('section');
  const ids = [...section.querySelectorAll('[data-pick]:checked')].map((box) => quoted(box.dataset.id));
  const picked = section.querySelector('[data-picked]');
  picked.hidden = ids.length < (pick === 'merge' ? 2 : 1);
  picked.querySelector('code').textContent =
    pick === 'merge'
      ? 'fabula merge ' + ids.join(' ')
      : 'fabula split ' + quoted(section.dataset.character) + ' --appearances ' + ids.join(' ');
});
`);
