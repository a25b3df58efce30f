// The open documents of an exercise: which they are, saving them, showing what changed on the disk.

const MARK = /^%%workfile[ \t]+(\S+)[ \t]*$/;

export class Documents {
  constructor(app, manager, notebooks) {
    this._app = app;
    this._manager = manager;
    this._notebooks = notebooks;
    this.exercises = [];
    this._states = new WeakMap();
  }

  /** Follow a document's edits and saves. Lab's own `dirty` forgets what is typed during a save. */
  watch(context) {
    const state = { edited: context.model.dirty, saving: false };
    this._states.set(context, state);
    context.model.contentChanged.connect(() => (state.edited = true));
    context.saveState.connect((_, now) => {
      state.saving = now === 'started';
      if (now === 'started') state.edited = false;
      if (now === 'failed') state.edited = true;
    });
  }

  /** The exercise that a document belongs to: by its place, or by the cells it holds. */
  exerciseOf(widget) {
    const path = widget && widget.context ? widget.context.path : '';
    const placed = this.exercises.find(
      one => path === one.notebook || path.startsWith(`${one.folder}/`)
    );
    if (placed) return placed;
    const ids = this.marksOf(widget).map(mark => mark.split('/')[0]);
    return this.exercises.find(one => ids.includes(one.id)) || null;
  }

  marksOf(widget) {
    return this._cells(widget).map(cell => markOf(cell)).filter(Boolean);
  }

  get current() {
    return this._open().find(one => one === this._app.shell.currentWidget) || null;
  }

  open(path) {
    return this._manager.openOrReveal(path);
  }

  /** Save what is open of an exercise; the paths of its notebooks. */
  async save(exercise) {
    const ours = this._open().filter(one => this.exerciseOf(one) === exercise);
    for (const widget of ours) await this._save(widget.context);
    return [...new Set(ours.filter(one => this._isNotebook(one)).map(one => one.context.path))];
  }

  /** Save if there is anything to save; first let a save that Lab has begun by itself come to its end. */
  async _save(context) {
    const state = this._states.get(context) || { edited: context.model.dirty, saving: false };
    if (state.saving) await ended(context);
    if ((state.edited || context.model.dirty) && !context.model.readOnly) await context.save();
  }

  /** Show the files that a cell was written to as they are now. */
  async refresh(marks) {
    const paths = marks.map(mark => `exercises/${mark}`);
    for (const widget of this._open()) {
      if (!paths.includes(widget.context.path) || widget.context.model.dirty) continue;
      await widget.context.revert();
      if (this._states.has(widget.context)) this._states.get(widget.context).edited = false;
    }
  }

  /** Put a file's text into its cell, the last of them as the server reads it, and save. */
  async fill(notebook, mark, text) {
    const widget = this._open().find(one => one.context.path === notebook);
    const cell = this._cells(widget).filter(one => markOf(one) === mark).pop();
    if (!cell) throw new Error(`The cell for ${mark} isn’t in the open notebook any more.`);
    cell.sharedModel.setSource(`%%workfile ${mark}\n${text.replace(/\n$/, '')}`);
    await this._save(widget.context);
  }

  _open() {
    return [...this._app.shell.widgets('main')].filter(one => one.context && one.context.isReady);
  }

  _isNotebook(widget) {
    return this._notebooks.has(widget);
  }

  _cells(widget) {
    if (!widget || !this._isNotebook(widget) || !widget.content.model) return [];
    return [...widget.content.model.cells].filter(cell => cell.type === 'code');
  }
}

function ended(context) {
  return new Promise(done => {
    const look = (_, now) => {
      if (now === 'started') return;
      context.saveState.disconnect(look);
      done();
    };
    context.saveState.connect(look);
  });
}

function markOf(cell) {
  const found = MARK.exec(cell.sharedModel.getSource().split('\n', 1)[0]);
  return found ? found[1] : '';
}
