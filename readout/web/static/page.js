// What is a little better with JavaScript; everything works without it.
"use strict";
(() => {
  const evidence = document.querySelector(".evidence");
  const light = (anchors) => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const anchor of anchors) {
      document.getElementById(anchor)?.classList.add("lit");
      for (const words of document.querySelectorAll(`[data-of~="${CSS.escape(anchor)}"]`)) words.classList.add("lit");
    }
  };
  const show = (anchor) => {
    const card = document.getElementById(anchor);
    if (card && evidence?.contains(card)) {
      const box = evidence.getBoundingClientRect(), at = card.getBoundingClientRect();
      if (at.top < box.top || at.bottom > box.bottom) evidence.scrollTop += at.top - box.top - 60;
    }
  };
  if (evidence) {
    const text = document.querySelector(".text");
    for (const event of ["click", "focusin"]) {
      text?.addEventListener(event, (e) => {
        const words = e.target.closest?.("[data-of], .tag");
        if (!words) return;
        const anchors = words.dataset.of?.split(" ") ?? [words.hash.slice(1)];
        light(anchors);
        show(anchors.find((name) => document.getElementById(name)?.classList.contains("card")) ?? anchors[0]);
      });
    }
    evidence.addEventListener("focusin", (e) => {
      const card = e.target.closest(".card");
      if (card) light([card.id]);
    });
    evidence.addEventListener("click", (e) => {
      const card = e.target.closest(".card");
      if (card) light([card.id]);
    });
    if (location.hash.length > 1) light([location.hash.slice(1)]);
  }
  // The queue of reviewing: a key for each button, unless the keys are switched off.
  const keyed = [...document.querySelectorAll("[data-key]")], switched = document.getElementById("keys");
  if (switched) {
    switched.closest("[hidden]")?.removeAttribute("hidden");
    try { switched.checked = localStorage.getItem("keys") !== "off"; } catch { /* it stays as it is */ }
    switched.addEventListener("change", () => { try { localStorage.setItem("keys", switched.checked ? "on" : "off"); } catch { /* for this page alone */ } });
    document.addEventListener("keydown", (e) => {
      if (!switched.checked || e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input:not([type=checkbox]), select, textarea")) return;
      const target = keyed.find((one) => one.dataset.key === e.key);
      if (!target) return;
      e.preventDefault();
      if (target.tagName === "DETAILS") { target.open = true; target.querySelector("select, input:not([type=hidden])")?.focus(); }
      else target.click();
    });
  }
  // j and k: the next row or card and the one before; Enter opens; / goes to the search box.
  const rows = () => [...document.querySelectorAll("table.claims tbody tr, .evidence .card, .stories li, .members > .member")];
  let at = -1;
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, select, textarea, button, summary")) return;
    if (e.key === "/") {
      const box = document.querySelector(".ask input[type=search]");
      if (box) { e.preventDefault(); box.focus(); box.select(); }
      return;
    }
    if (e.key !== "j" && e.key !== "k") return;
    const all = rows();
    if (!all.length) return;
    all[at]?.classList.remove("at");
    at = Math.min(Math.max(at + (e.key === "j" ? 1 : -1), 0), all.length - 1);
    const row = all[at];
    row.classList.add("at");
    row.scrollIntoView({ block: "nearest" });
    if (row.classList.contains("card")) { row.focus({ preventScroll: true }); light([row.id]); }
    else row.querySelector(".what a, .says a, a")?.focus({ preventScroll: true });
  });
})();
