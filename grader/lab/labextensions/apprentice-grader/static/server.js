// Requests to the workshop's part of the server. A sentence of the server's becomes an Error.

export const VERSION = '0.1.0';

export class Server {
  constructor({ ServerConnection }, { URLExt }) {
    this._connection = ServerConnection;
    this._settings = ServerConnection.makeSettings();
    this._join = URLExt.join;
  }

  url(...parts) {
    return this._join(this._settings.baseUrl, 'apprentice-grader', ...parts);
  }

  async ask(method, path, body) {
    const init = { method, body: body === undefined ? undefined : JSON.stringify(body) };
    let answer;
    try {
      answer = await this._connection.makeRequest(this.url(path), init, this._settings);
    } catch {
      throw new Error('JupyterLab’s server doesn’t answer. Is the terminal with `grade lab` still open?');
    }
    let found = {};
    try {
      found = await answer.json();
    } catch {
      // told below by the status
    }
    if (answer.ok) return found;
    if (found.message && answer.status !== 404) throw new Error(found.message);
    if (answer.status === 404 && path === 'overview') {
      throw new Error(
        'The workshop’s part of the server isn’t running. Save your work, end JupyterLab, and start it with `grade lab`.'
      );
    }
    throw new Error(found.message || `The server answered ${answer.status}. Reload the page.`);
  }
}
