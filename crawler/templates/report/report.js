"use strict";
// On every page: numbers and dates in the reader's form. On the front page: the definition, kept in the address.
(() => {
  const languages = navigator.languages?.length ? navigator.languages : ["en"];
  const numbers = new Intl.NumberFormat(languages, { maximumFractionDigits: 2 });
  const utc = { timeZone: "UTC" };
  const dates = {
    10: new Intl.DateTimeFormat(languages, { ...utc, day: "numeric", month: "long", year: "numeric" }),
    7: new Intl.DateTimeFormat(languages, { ...utc, month: "long", year: "numeric" }),
  };
  const countries = Intl.DisplayNames ? new Intl.DisplayNames(languages, { type: "region", fallback: "code" }) : null;
  const country = (code) => {
    try {
      return countries?.of(code) ?? code;
    } catch {
      return code; // no code of a country
    }
  };
  const form = {
    country,
    number: (value) => numbers.format(value),
    date: (iso) => (dates[iso.length] && !iso.includes("Q") ? dates[iso.length].format(new Date(iso)) : iso),
  };
  const say = (element, text) => {
    if (element.textContent === text) return;
    element.textContent = text;
    element.lang = numbers.resolvedOptions().locale;
  };
  for (const element of document.querySelectorAll("data.n")) say(element, form.number(Number(element.value)));
  for (const element of document.querySelectorAll("time[datetime]")) say(element, form.date(element.dateTime));
  for (const element of document.querySelectorAll("data.c")) say(element, form.country(element.value));
  window.form = form;

  const panels = [...document.querySelectorAll(".panel[data-definition]")];
  const show = (name) => {
    if (!panels.some((panel) => panel.dataset.definition === name)) return;
    for (const panel of panels) panel.hidden = panel.dataset.definition !== name;
    document.getElementById(`d-${name}`).checked = true;
  };
  for (const input of document.querySelectorAll("input[name=definition]")) {
    input.addEventListener("change", () => {
      show(input.value);
      history.replaceState(null, "", `#definition=${encodeURIComponent(input.value)}`);
    });
  }
  const asked = () => show(new URLSearchParams(location.hash.slice(1)).get("definition"));
  window.addEventListener("hashchange", asked);
  if (panels.length) asked();
})();
