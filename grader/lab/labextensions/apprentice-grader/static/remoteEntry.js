// A module federation container, written by hand: JupyterLab calls init, then get('./extension').
// What Lab shares must be Lab's own copy (a token is known by its identity), so nothing is bundled.
(() => {
  const here = document.currentScript.src;
  let scope = null;

  const shared = async name => {
    const versions = Object.values((scope && scope[name]) || {});
    if (!versions.length) throw new Error(`This JupyterLab doesn't share ${name}`);
    const loaded = versions.find(one => one.loaded) || versions[versions.length - 1];
    return (await loaded.get())();
  };

  (window._JUPYTERLAB = window._JUPYTERLAB || {})['apprentice-grader'] = {
    init: given => {
      scope = given;
    },
    get: async name => {
      if (name !== './extension') throw new Error(`There is no ${name} in apprentice-grader`);
      const { makePlugin } = await import(new URL('./extension.js', here).href);
      const plugin = await makePlugin(shared);
      return () => ({ __esModule: true, default: plugin });
    }
  };
})();
