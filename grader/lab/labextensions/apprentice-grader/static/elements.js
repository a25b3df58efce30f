// Elements made of text, never of markup: what is shown may come from a learner's file.

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') node.addEventListener('click', value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter(one => one !== null && one !== undefined && one !== ''));
  return node;
}

export function button(words, onclick, attributes = {}) {
  return make('button', { type: 'button', class: 'ws-button', onclick, ...attributes }, words);
}
