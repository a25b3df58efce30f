// A check from the press of the button to the report: save, sync, choose, grade, show.

const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));

export class Checking {
  constructor({ server, documents, panel, show, finished, button }) {
    Object.assign(this, { _server: server, _documents: documents, _panel: panel, _show: show, _finished: finished, _button: button });
    this.running = null;
  }

  /** Check an exercise; a second press while one runs only shows it. */
  async check(exercise) {
    this._show();
    if (this.running) return;
    this.running = exercise;
    try {
      await this._check(exercise);
    } catch (error) {
      this._panel.trouble(error.message, () => this.check(exercise));
    } finally {
      this.running = null;
      this._finished();
    }
  }

  async _check(exercise) {
    this._panel.busy(exercise.title, 'Saving …');
    const notebooks = await this._documents.save(exercise);
    this._panel.busy(exercise.title, 'Bringing cells and files together …');
    const begun = await this._server.ask('POST', 'checks', { exercise: exercise.id, notebooks });
    await this._documents.refresh(begun.synced.filter(one => one.state === 'written').map(one => one.file));
    if (begun.conflicts) {
      this._conflicts(exercise, begun.conflicts);
      return;
    }
    const found = await this._follow(exercise, begun.check);
    const again = () => this.check(exercise);
    if (found.state === 'done') {
      const files = exercise.files.slice(1).map(path => this._button(path));
      const take = one => this._take(exercise, one, 'file', false);
      this._panel.report(found, { again, files, take }, this._server.url('checks', begun.check, 'page'));
    } else {
      this._panel.trouble(found.state === 'cancelled' ? 'You cancelled the check.' : found.trouble, again);
    }
  }

  async _follow(exercise, id) {
    const cancel = () => this._server.ask('DELETE', `checks/${id}`).catch(() => undefined);
    for (;;) {
      const found = await this._server.ask('GET', `checks/${id}`);
      if (found.state !== 'running') return found;
      this._panel.busy(exercise.title, `Running your program and its tests … ${Math.round(found.seconds)} s`, cancel);
      await wait(50);
    }
  }

  _conflicts(exercise, found) {
    const left = [...found];
    const choose = async (one, take, cell = 0) => {
      const settled = await this._take(exercise, one, take, true, cell);
      if (!settled) return;
      left.splice(left.indexOf(one), 1);
      if (left.length) this._panel.conflicts(left, choose, later);
      else await this.check(exercise);
    };
    const later = () => this._panel.trouble('You have not chosen yet; both texts are as they were.', () => this.check(exercise));
    this._panel.conflicts(left, choose, later);
  }

  /** Carry out a choice; false when something has changed since, which is then shown. */
  async _take(exercise, one, take, quiet, cell = 0) {
    try {
      const body = { notebook: one.notebook, file: one.file, take, seen: one.seen, cell };
      const done = await this._server.ask('POST', 'choices', body);
      if (done.state === 'taken') await this._documents.fill(one.notebook, one.file, done.text);
      if (done.state === 'written') await this._documents.refresh([one.file]);
      if (done.state === 'conflict' || done.state === 'repeated') {
        this._conflicts(exercise, [done]);
        return false;
      }
      if (!quiet) await this.check(exercise);
      return true;
    } catch (error) {
      this._panel.trouble(error.message, () => this.check(exercise));
      return false;
    }
  }
}
