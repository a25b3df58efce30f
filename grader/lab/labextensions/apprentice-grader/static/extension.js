// The plugin: the sidebar, the commands, the button in toolbars.
import { Checking } from './checking.js';
import { Documents } from './documents.js';
import { button, make } from './elements.js';
import { makePanel } from './report.js';
import { Server } from './server.js';
import { makeSidebar } from './sidebar.js';

const CHECK = 'workshop:check';
const SHOW = 'workshop:show';
const NEXT = 'workshop:open-next';
const KEYS = ['Alt Shift C'];
const TICK = '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="M3 4h18v2H3zm0 5h10v2H3zm0 5h8v2H3zm0 5h8v2H3zm18.3-7.7 1.4 1.4-7.2 7.2-4.2-4.2 1.4-1.4 2.8 2.8z"/></svg>';

export async function makePlugin(shared) {
  const names = ['application', 'apputils', 'coreutils', 'docmanager', 'notebook', 'services', 'ui-components'];
  const [application, apputils, coreutils, docmanager, notebook, services, ui] = await Promise.all(
    names.map(name => shared(`@jupyterlab/${name}`))
  );
  const widgets = await shared('@lumino/widgets');
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = new URL('./style.css', import.meta.url).href;
  document.head.append(style);

  return {
    id: 'apprentice-grader:workshop',
    description: 'The workshop: exercises at the left, Check in the toolbar.',
    autoStart: true,
    requires: [docmanager.IDocumentManager, notebook.INotebookTracker],
    optional: [apputils.ICommandPalette, application.ILayoutRestorer, apputils.IThemeManager],
    activate: (app, manager, notebooks, palette, restorer, themes) => {
      const server = new Server(services, coreutils);
      const documents = new Documents(app, manager, notebooks);
      const icon = new ui.LabIcon({ name: 'apprentice-grader:workshop', svgstr: TICK });
      const isLight = () => !themes || !themes.theme || themes.isLight(themes.theme);
      const panel = makePanel(widgets, () => (isLight() ? 'light' : 'dark'));
      panel.content.title.icon = icon;
      let overview = null;

      const refresh = async () => {
        try {
          overview = await server.ask('GET', 'overview');
          documents.exercises = overview.tracks.flatMap(track => track.exercises);
          sidebar.show(overview);
        } catch (error) {
          sidebar.trouble(error.message);
        }
        app.commands.notifyCommandChanged(CHECK);
        changed.forEach(update => update());
      };
      const changed = new Set();
      const checking = new Checking({
        server,
        documents,
        panel,
        show: () => {
          if (!panel.content.isAttached) app.shell.add(panel.content, 'main', { mode: 'split-right', activate: false });
          app.shell.activateById(panel.content.id);
        },
        finished: refresh,
        button: path => button(`Open ${path.split('/').pop()}`, () => documents.open(path))
      });
      const sidebar = makeSidebar(widgets, {
        open: path => documents.open(path),
        check: exercise => checking.check(exercise),
        refresh,
        terminal: () => app.commands.execute('terminal:create-new'),
        reload: async () => {
          await app.commands.execute('docmanager:save-all').catch(() => undefined);
          window.location.reload();
        }
      });
      sidebar.widget.title.icon = icon;
      sidebar.widget.title.caption = 'Workshop: exercises and progress';
      app.shell.add(sidebar.widget, 'left', { rank: 50 });
      if (restorer) restorer.add(sidebar.widget, 'apprentice-workshop');

      app.commands.addCommand(CHECK, {
        label: 'Check This Exercise',
        caption: 'Save, and check the exercise of this notebook or file',
        isEnabled: () => documents.exerciseOf(documents.current) !== null || checking.running !== null || panel.content.isVisible,
        execute: () => {
          const exercise = documents.exerciseOf(documents.current) || last;
          if (exercise) {
            last = exercise;
            return checking.check(exercise);
          }
          return undefined;
        }
      });
      let last = null;
      app.commands.addCommand(SHOW, {
        label: 'Show the Workshop',
        execute: () => {
          app.shell.activateById(sidebar.widget.id);
          const first = sidebar.widget.node.querySelector('[data-key]');
          if (first) first.focus();
        }
      });
      app.commands.addCommand(NEXT, {
        label: 'Open the Next Exercise',
        execute: () => {
          const next = documents.exercises.find(one => overview && one.id === overview.next);
          return next ? documents.open(next.notebook) : undefined;
        }
      });
      app.commands.addKeyBinding({ command: CHECK, keys: KEYS, selector: 'body' });
      app.commands.addKeyBinding({ command: SHOW, keys: ['Alt Shift W'], selector: 'body' });
      if (palette) [CHECK, SHOW, NEXT].forEach(command => palette.addItem({ command, category: 'Workshop' }));

      const inToolbar = {
        createNew: widget => {
          // A plain button: Lab's own says aria-pressed of what can't be pressed down.
          const node = button('Check', () => {
            const exercise = documents.exerciseOf(widget);
            if (!exercise) return;
            last = exercise;
            checking.check(exercise);
          }, { class: 'ws-button ws-check', title: 'Save, and check this exercise (Alt+Shift+C)' });
          node.prepend(icon.element());
          const item = new widgets.Widget({ node: make('div', { class: 'ws-tool' }, node) });
          const update = () => item.setHidden(documents.exerciseOf(widget) === null);
          widget.context.ready.then(() => {
            if (widget.isDisposed) return;
            documents.watch(widget.context);
            update();
            widget.toolbar.insertItem(0, 'workshop-check', item);
            changed.add(update);
            widget.disposed.connect(() => changed.delete(update));
          });
          return item;
        }
      };
      app.docRegistry.addWidgetExtension('Notebook', inToolbar);
      app.docRegistry.addWidgetExtension('Editor', inToolbar);

      if (themes) themes.themeChanged.connect(panel.retheme);
      // In a layout that was never arranged, the workshop stands in front of the file browser, which
      // comes forward by itself when all is restored.
      Promise.all([app.shell.restored, refresh(), app.restored]).then(([layout]) => {
        if (layout && layout.fresh) app.shell.activateById(sidebar.widget.id);
      });
      manager.activateRequested.connect(() => app.commands.notifyCommandChanged(CHECK));
      app.serviceManager.contents.fileChanged.connect((_, change) => {
        const path = change.newValue && change.newValue.path;
        if (change.type === 'save' && path && path.startsWith('exercises/') && !checking.running) refresh();
      });
    }
  };
}
