// The panel in the main area: a check under way, texts to choose between, the report.
import { button, make } from './elements.js';

const SIGNS = { met: '✓', partly: '◐', 'not-yet': '○', 'must-failed': '✗', 'not-started': '–', pending: '?', broken: '!' };
const WORDS = {
  met: 'Met', partly: 'Partly met', 'not-yet': 'Not met yet', 'must-failed': 'A must-have failed',
  'not-started': 'Not started yet', pending: 'Awaiting your tutor', broken: 'Could not be graded'
};

export function makePanel({ Widget }, theme) {
  const content = new Widget();
  content.id = 'apprentice-workshop-report';
  content.addClass('ws-report');
  content.title.label = 'Check';
  content.title.caption = 'What the check found';
  content.title.closable = true;
  const live = make('p', { class: 'ws-live', role: 'status' });
  const body = make('div', { class: 'ws-body' });
  content.node.append(live, body);
  content.node.setAttribute('aria-label', 'Check');
  content.node.setAttribute('role', 'region');

  const heading = (words, attributes = {}) => make('h2', { tabindex: '-1', ...attributes }, words);
  const say = words => {
    if (live.textContent !== words) live.textContent = words;
  };

  const busy = (title, words, cancel) => {
    say(words);
    let bar = body.querySelector('.ws-busy');
    if (!bar) {
      content.node.dataset.state = 'busy';
      bar = make('div', { class: 'ws-busy' }, heading(`Checking ${title}`), make('p', { class: 'ws-seconds' }));
      body.replaceChildren(bar);
    }
    bar.querySelector('.ws-seconds').textContent = words;
    if (cancel && !bar.querySelector('button')) bar.append(button('Cancel', cancel));
  };

  const trouble = (words, again) => {
    content.node.dataset.state = 'trouble';
    say(words);
    body.replaceChildren(heading('Nothing was checked'), make('p', { class: 'ws-banner' }, words), button('Check again', again));
  };

  const conflicts = (found, choose, cancel) => {
    content.node.dataset.state = 'conflict';
    const repeated = found.some(one => one.state === 'repeated');
    say(repeated ? 'Two cells are for one file. Choose one of them.' : 'A cell and its file differ. Choose one of them.');
    const alone = repeated ? 'Two cells are for one file' : 'A cell and its file differ';
    const first = heading(found.length === 1 ? alone : 'Cells and their files differ');
    body.replaceChildren(first, ...found.map(one => difference(one, choose)), button('Choose later', cancel));
    first.focus();
  };

  const report = (found, actions, url) => {
    const result = found.report.exercises[0];
    const words = WORDS[result.status] + (result.provisional && result.status === 'met' ? ' so far (provisional)' : '');
    content.node.dataset.state = 'report';
    content.node.dataset.status = result.status;
    say(`${found.title}: ${words}.`);
    const frame = make('iframe', { class: 'ws-frame', title: `Report on ${found.title}`, sandbox: true, src: themed(url), tabindex: '0' });
    const title = heading(make('span', {}, make('span', { 'aria-hidden': 'true' }, `${SIGNS[result.status]} `), `${found.title}: ${words}`));
    body.replaceChildren(
      make(
        'div',
        { class: `ws-head ws-status-${result.status}` },
        title,
        make('p', { class: 'ws-quiet' }, `Checked in ${found.seconds} s.`),
        make('div', { class: 'ws-row' }, button('Check again', actions.again, { class: 'ws-button ws-primary' }), ...actions.files)
      ),
      ...found.notes.map(one => note(one, actions.take)),
      frame
    );
    title.focus();
  };

  // The exercise comes first here; the page's head says what the panel says already.
  const themed = url => `${url}?theme=${theme()}#exercises`;

  const note = (one, take) =>
    make(
      'div',
      { class: 'ws-banner' },
      make('p', {}, one.sentence),
      one.state === 'cell-older' ? button('Bring the file’s text into the cell', () => take(one)) : ''
    );

  const retheme = () => {
    const frame = body.querySelector('iframe');
    if (frame) frame.src = themed(frame.src.split('?')[0]);
  };

  return { content, busy, trouble, conflicts, report, retheme };
}

function difference(one, choose) {
  const name = one.file;
  const repeated = one.state === 'repeated';
  const legend = repeated
    ? 'Lines with − stand only in the first cell, lines with + only in the other.'
    : 'Lines with − stand only in the file, lines with + only in the cell.';
  const cells = repeated
    ? one.cells.map(cell => button(`Write cell ${cell}`, () => choose(one, 'cell', cell), { 'aria-label': `Write cell ${cell} to ${name}` }))
    : [button('Write the cell', () => choose(one, 'cell'), { 'aria-label': `Write the cell to ${name}` })];
  const lines = one.difference.split('\n').slice(repeated ? 0 : 2);
  return make(
    'section',
    { class: 'ws-conflict', 'aria-label': `Difference in ${name}` },
    make('h3', {}, name),
    make('p', {}, one.sentence),
    make('p', { class: 'ws-quiet' }, legend),
    make('pre', { tabindex: '0', 'aria-label': `Difference of ${repeated ? 'the cells for' : 'file and cell:'} ${name}` }, ...lines.map(line)),
    make('div', { class: 'ws-row' }, button('Keep the file', () => choose(one, 'file'), { 'aria-label': `Keep the file ${name}` }), ...cells)
  );
}

function line(text) {
  const kind = { '+': 'ws-plus', '-': 'ws-minus', '@': 'ws-at' }[text[0]] || '';
  return make('span', { class: kind }, `${text[0] === '-' ? `−${text.slice(1)}` : text}\n`);
}
