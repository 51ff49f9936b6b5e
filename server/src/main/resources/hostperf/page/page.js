"use strict";
// Keeps the live parts of a page up to date: elements with `data-live` and an id.
(() => {
  const EVERY = 2000; // milliseconds
  const parts = (from) => [...from.querySelectorAll("[data-live]")];
  const offline = document.getElementById("offline");
  // As the server sent them: what a person types or opens is no difference.
  const shown = new Map(parts(document).map((part) => [part.id, part.innerHTML]));

  function update(next) {
    document.title = next.title;
    for (const part of parts(next)) {
      const here = document.getElementById(part.id);
      if (!here || shown.get(part.id) === part.innerHTML) continue;
      shown.set(part.id, part.innerHTML);
      const focused = here.contains(document.activeElement) && document.activeElement.getAttribute("href");
      here.replaceChildren(...part.childNodes);
      if (focused) here.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  async function look() {
    if (!document.hidden) {
      try {
        const answer = await fetch(location.href, { redirect: "manual" });
        if (answer.type === "opaqueredirect") return location.reload(); // signed out
        if (!answer.ok) throw new Error(answer.status);
        update(new DOMParser().parseFromString(await answer.text(), "text/html"));
        offline.textContent = "";
      } catch {
        offline.textContent = "The server does not answer; what you see may be old.";
      }
    }
    setTimeout(look, EVERY);
  }

  if (shown.size) setTimeout(look, EVERY);
})();
