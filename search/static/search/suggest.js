// Suggestions below a search field: a combobox as WAI-ARIA describes it. Without this file the field is a plain form.

const fewest = 2;
const pause = 120; // milliseconds without a key before the server is asked
const fold = (text) => Array.from(text, (sign) => sign.normalize("NFD")[0].toLowerCase()).join("");

// The beginnings of words that were typed are marked.
function marked(title, typed) {
  const line = document.createElement("span");
  const plain = fold(title);
  const begun = fold(typed).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  for (let at = 0, from = 0; at < title.length; at += 1) {
    const word = !/[\p{L}\p{N}]/u.test(plain[at - 1] ?? " ") && begun.find((each) => plain.startsWith(each, at));
    if (word) {
      line.append(title.slice(from, at), Object.assign(document.createElement("mark"), { textContent: title.slice(at, at + word.length) }));
      from = at += word.length;
    }
    if (at >= title.length - 1) line.append(title.slice(from));
  }
  return line;
}

export function suggestIn(form, { suggest, list: label, one, more }) {
  const input = form.querySelector("input");
  const list = Object.assign(document.createElement("div"), { id: `${input.id}-suggestions`, className: "sugg", role: "listbox", hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "vh", role: "status" });
  list.ariaLabel = label;
  form.append(list, said);
  input.role = "combobox";
  input.ariaAutoComplete = "list";
  input.setAttribute("aria-controls", list.id);
  let waiting, asking;

  function show(suggestions) {
    list.replaceChildren(
      ...suggestions.map(({ title, kind, url, lang }, place) => {
        const option = Object.assign(document.createElement("div"), { id: `${list.id}-${place}`, role: "option" });
        const line = marked(title, input.value);
        if (lang) line.lang = lang;
        option.append(line, Object.assign(document.createElement("small"), { textContent: kind }));
        option.dataset.url = url;
        return option;
      }),
    );
    list.hidden = !suggestions.length;
    input.ariaExpanded = String(!list.hidden);
    choose(-1);
  }

  function choose(place) {
    for (const [at, option] of [...list.children].entries()) option.ariaSelected = String(at === place);
    const chosen = list.children[place];
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(waiting);
    asking?.abort();
    show([]);
    said.textContent = "";
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    if (input.value.trim().length < fewest) return close();
    try {
      const answer = await fetch(`${suggest}?${new URLSearchParams({ q: input.value })}`, { signal: asking.signal });
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      if (document.activeElement !== input) return;
      show(suggestions);
      said.textContent = suggestions.length === 1 ? one : more.replace("{n}", suggestions.length);
    } catch (error) {
      if (error.name !== "AbortError") close(); // the form still works
    }
  }

  function onKey(event) {
    if (list.hidden) return event.key === "ArrowDown" && ask();
    const chosen = [...list.children].findIndex((option) => option.ariaSelected === "true");
    const count = list.children.length + 1; // after the last comes what was typed
    if (event.key === "ArrowDown") choose(((chosen + 2) % count) - 1);
    else if (event.key === "ArrowUp") choose(((chosen + count) % count) - 1);
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.url);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  }

  function onInput() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, pause);
  }

  input.addEventListener("input", onInput);
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => location.assign(event.target.closest("[role=option]").dataset.url));
  input.ariaExpanded = "false";
  if (document.activeElement === input && input.value !== input.defaultValue) ask();
}
