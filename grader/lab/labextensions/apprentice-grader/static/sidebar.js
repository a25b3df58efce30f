// The left sidebar: what comes next, the exercises by track, progress per KSB.
import { VERSION } from './server.js';
import { button, make } from './elements.js';

const SIGNS = { met: '✓', 'in-progress': '◐', 'not-started': '○' };
const STATES = { met: 'met', 'in-progress': 'in progress', 'not-started': 'not started' };

export function makeSidebar({ Widget }, actions) {
  const widget = new Widget();
  widget.id = 'apprentice-workshop';
  widget.addClass('ws-sidebar');
  widget.node.setAttribute('role', 'region');
  widget.node.setAttribute('aria-label', 'Workshop');
  widget.node.tabIndex = -1;
  const opened = new Set();

  const show = overview => {
    const focused = widget.node.contains(document.activeElement)
      ? document.activeElement.dataset.key
      : undefined;
    const all = overview.tracks.flatMap(track => track.exercises);
    widget.node.replaceChildren(
      make('h2', { class: 'ws-title' }, 'Workshop'),
      make('p', { class: 'ws-quiet' }, overview.title),
      mismatch(overview) ?? '',
      identity(overview) ?? '',
      nextCard(overview, all),
      make('h3', {}, 'Exercises'),
      make('p', { class: 'ws-quiet', role: 'status' }, tally(all)),
      ...overview.tracks.map(track),
      make('h3', {}, 'Your KSBs'),
      make('p', { class: 'ws-quiet' }, 'In how many exercises with it your work is met. Practice; your tutor confirms levels.'),
      make('ul', { class: 'ws-ksbs' }, ...overview.ksbs.map(ksb))
    );
    if (focused) {
      const again = [...widget.node.querySelectorAll('[data-key]')].find(one => one.dataset.key === focused);
      if (again) again.focus();
    }
  };

  const mismatch = overview =>
    overview.version === VERSION
      ? null
      : make(
          'div',
          { class: 'ws-banner', role: 'alert' },
          make('p', {}, `This page is of version ${VERSION}, and the grader is now ${overview.version}. Save your work, then reload the page, so that both are the same.`),
          button('Save all and reload', actions.reload)
        );

  const identity = overview =>
    overview.has_id
      ? null
      : make(
          'div',
          { class: 'ws-banner' },
          make('p', {}, 'You have no made-up id yet. Type ', make('code', {}, 'grade start'), ' in a terminal, once; your questions are picked by it.'),
          button('Open a terminal', actions.terminal, { 'data-key': 'terminal' })
        );

  const nextCard = (overview, all) => {
    const next = all.find(one => one.id === overview.next);
    if (!next) return make('div', { class: 'ws-card' }, make('p', {}, 'All exercises are done. Well done.'));
    return make(
      'section',
      { class: 'ws-card', 'aria-label': 'What comes next' },
      make('p', { class: 'ws-quiet' }, next.state === 'in-progress' ? 'Go on with' : 'Next'),
      make('p', { class: 'ws-strong' }, next.title),
      make('p', { class: 'ws-quiet' }, `${next.client} · about ${next.minutes} minutes`),
      button('Open notebook', () => actions.open(next.notebook), { class: 'ws-button ws-primary', 'data-key': 'next' })
    );
  };

  const track = found => {
    const met = found.exercises.filter(one => one.state === 'met').length;
    return make(
      'section',
      {},
      make('h4', {}, found.title, make('span', { class: 'ws-quiet' }, ` ${met} of ${found.exercises.length} met`)),
      make('ul', { class: 'ws-list' }, ...found.exercises.map(entry))
    );
  };

  const entry = one => {
    const details = make(
      'details',
      { class: `ws-exercise ws-${one.state}`, open: opened.has(one.id), 'data-exercise': one.id },
      make(
        'summary',
        { 'data-key': `exercise ${one.id}` },
        make('span', { class: 'ws-sign', 'aria-hidden': 'true' }, SIGNS[one.state]),
        make('span', { class: 'ws-name' }, one.title),
        make('span', { class: 'ws-state' }, one.words)
      ),
      make('p', { class: 'ws-quiet' }, `${one.client} · difficulty ${one.difficulty} of 3 · about ${one.minutes} minutes`),
      make('p', { class: 'ws-quiet' }, `KSBs ${one.ksbs.join(', ')}`),
      make(
        'div',
        { class: 'ws-row' },
        button('Open notebook', () => actions.open(one.notebook), { 'data-key': `open ${one.id}`, 'aria-label': `Open the notebook of ${one.title}` }),
        button('Check', () => actions.check(one), { 'data-key': `check ${one.id}`, 'aria-label': `Check ${one.title}` })
      ),
      make(
        'ul',
        { class: 'ws-files' },
        ...one.files.map(path => {
          const name = path.slice(one.folder.length + 1);
          const words = name === 'README.md' ? 'Ticket (README.md)' : name;
          return make('li', {}, button(words, () => actions.open(path), { class: 'ws-link', 'data-key': `file ${path}` }));
        })
      )
    );
    details.addEventListener('toggle', () => (details.open ? opened.add(one.id) : opened.delete(one.id)));
    return make('li', {}, details);
  };

  const ksb = one => {
    const share = one.exercises ? Math.round((100 * one.met) / one.exercises) : 0;
    return make(
      'li',
      { 'data-ksb': one.code },
      make(
        'details',
        {},
        make(
          'summary',
          { 'data-key': `ksb ${one.code}` },
          make('span', { class: 'ws-code' }, one.code),
          make('span', { class: 'ws-bar', 'aria-hidden': 'true' }, make('span', { style: `width: ${share}%` })),
          make('span', { class: 'ws-count' }, `${one.met} of ${one.exercises}`)
        ),
        make('p', {}, one.text)
      )
    );
  };

  const tally = all =>
    Object.keys(STATES)
      .map(state => `${all.filter(one => one.state === state).length} ${STATES[state]}`)
      .join(' · ');

  const trouble = words => {
    widget.node.replaceChildren(
      make('h2', { class: 'ws-title' }, 'Workshop'),
      make('div', { class: 'ws-banner', role: 'alert' }, make('p', {}, words)),
      button('Try again', actions.refresh)
    );
  };

  return { widget, show, trouble };
}
