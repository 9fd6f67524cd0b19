"use strict";
// The table of all rounds: data of each year from a script beside the page, filter and order in the address.
(() => {
  const schema = JSON.parse(document.getElementById("schema").textContent);
  const { columns, lists, labels, page: PAGE } = schema;
  const at = Object.fromEntries(columns.map((name, place) => [name, place]));
  const table = document.getElementById("rounds");
  const body = table.tBodies[0];
  const filters = document.getElementById("filters");
  const status = document.getElementById("status");
  const before = document.getElementById("before");
  const after = document.getElementById("after");
  const years = table.dataset.years.split(" ").filter(Boolean);
  const handed = { rows: {}, quotes: {} };
  let rows = [];
  let found = [];
  let page = 0;
  let order = "-date";

  window.ledger = (what, year, data) => { handed[what][year] = data; };

  const load = (what, year) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `data/${what === "rows" ? "rounds" : what}-${year}.js`;
    script.onload = done;
    script.onerror = () => failed(new Error(`${script.src} cannot be read`));
    document.head.append(script);
  });

  // A row: its cells, the year and place it has in the files, and what is worked out when first asked for.
  const assemble = () => {
    rows = years.flatMap((year) => handed.rows[year].map((cells, place) => ({ cells, year, place })));
    handed.rows = {};
  };
  const cell = (row, name) => {
    const value = row.cells[at[name]];
    return lists[name] && Number.isInteger(value) ? lists[name][value] : value;
  };
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const folded = (row) => (row.folded ??= fold(["company", "unit", "industry"].map((n) => cell(row, n) ?? "").join(" ")));
  const company = (row) => (row.company ??= fold(cell(row, "company")));
  const quote = (row) => handed.quotes[row.year]?.[row.place] ?? [null, null];
  const said = (row) => (row.said ??= fold(quote(row)[0] ?? ""));
  const people = (row) => row.cells[at.headcount] ?? row.cells[at.headcount_min] ?? row.cells[at.headcount_max];
  const portion = (row) => row.cells[at.pct_max] ?? row.cells[at.pct_min];

  // First and last day of a date as known; days are compared as words.
  const quarter = /^(\d{4})-Q([1-4])$/;
  const bound = (date, last) => {
    const q = quarter.exec(date);
    if (q) return `${q[1]}-${String(q[2] * 3 - (last ? 0 : 2)).padStart(2, "0")}-${last ? "31" : "01"}`;
    return date + (last ? "-12-31" : "-01-01").slice(date.length - 4);
  };

  // What the fields ask for; one that holds no date or number asks for nothing, and is marked.
  const asked = () => Object.fromEntries([...filters.elements]
    .filter((field) => field.name && field.validity.valid && (field.type === "checkbox" ? field.checked : field.value))
    .map((field) => [field.name, field.value]));
  const wants = (wanted) => {
    const tests = [];
    if (wanted.q) {
      const words = fold(wanted.q).split(/\s+/).filter(Boolean);
      tests.push((row) => words.every((w) => folded(row).includes(w) || (wanted.quotes && said(row).includes(w))));
    }
    if (wanted.company) {
      const name = fold(wanted.company);
      tests.push((row) => company(row).includes(name));
    }
    for (const name of ["industry", "country", "action", "status", "ai"]) {
      if (wanted[name]) tests.push((row) => (cell(row, name) ?? "-") === wanted[name]);
    }
    if (wanted.from === "-") tests.push((row) => !cell(row, "date"));
    else if (wanted.from) tests.push((row) => cell(row, "date") && bound(cell(row, "date"), true) >= wanted.from);
    if (wanted.to) tests.push((row) => cell(row, "date") && bound(cell(row, "date"), false) <= bound(wanted.to, true));
    if (wanted.min) tests.push((row) => people(row) >= Number(wanted.min));
    if (wanted.max) tests.push((row) => people(row) !== null && people(row) <= Number(wanted.max));
    return (row) => tests.every((test) => test(row));
  };

  const keys = { jobs: people, share: portion, company };
  const sorted = (list) => {
    const name = order.replace("-", "");
    const sign = order.startsWith("-") ? -1 : 1;
    if (name === "date") return sign < 0 ? list : list.toReversed();
    const key = keys[name];
    const compare = name === "company" ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : (a, b) => a - b;
    const known = list.filter((row) => (key(row) ?? null) !== null);
    const rest = list.filter((row) => (key(row) ?? null) === null);
    return [...known.sort((a, b) => sign * compare(key(a), key(b))), ...rest];
  };

  const VAGUE = { 24: "dozens", 200: "hundreds", 2000: "thousands" };
  const HEDGES = { about: "about ", at_least: "at least ", at_most: "up to " };
  const figure = (row, name, unit) => {
    const [low, high] = [`${name}_min`, `${name}_max`].map((n) => row.cells[at[n]]);
    const relation = cell(row, `${name}_relation`);
    if (low === null && high === null) return "";
    if (relation === "vague" && high === null && VAGUE[low]) return `${VAGUE[low]} of ${unit}`;
    if (low !== null && high !== null && low !== high) return `${form.number(low)} to ${form.number(high)} ${unit}`;
    const hedge = HEDGES[relation] ?? (high === null ? "at least " : low === null ? "up to " : "");
    return `${hedge}${form.number(low ?? high)} ${unit === "jobs" && low === 1 && high === 1 ? "job" : unit}`;
  };
  const when = (date) => {
    if (!date) return "undated";
    const q = quarter.exec(date);
    return q ? `${["first", "second", "third", "fourth"][q[2] - 1]} quarter of ${q[1]}` : form.date(date);
  };
  const kind = (row) => {
    const state = cell(row, "status");
    return labels.action[cell(row, "action")] + (state === "announced" ? "" : `, ${labels.status[state].toLowerCase()}`);
  };
  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const industry = (row) => (cell(row, "industry") ?? "").replace(/.+/, (name) => labels.industry[name] ?? name.replaceAll("-", " "));
  const jobs = (row) => {
    const td = element("td", figure(row, "headcount", "jobs"));
    if (!td.textContent && !figure(row, "pct", "%")) td.append(element("span", "no number", { class: "none" }));
    return td;
  };
  const line = (row) => {
    const tr = document.createElement("tr");
    const [action, state] = [cell(row, "action"), cell(row, "status")];
    if (schema.left_out.includes(action) || schema.left_out.includes(state)) tr.className = "aside";
    const link = element("a", "", { href: row.cells[columns.length] ?? `event/${cell(row, "event_id")}.html` });
    link.append(element("bdi", shown(cell(row, "company"))));
    const head = element("th", "", { scope: "row" });
    head.append(link);
    const tied = element("td");
    const ai = cell(row, "ai");
    if (ai !== "none") tied.append(element("span", labels.mark[ai], { class: `ai ${ai}` }));
    tr.append(element("td", when(cell(row, "date"))), head, jobs(row),
      element("td", figure(row, "pct", "%")), element("td", kind(row)), element("td", industry(row)),
      element("td", form.country(cell(row, "country") ?? "")), tied);
    return tr;
  };
  // What would steer the direction of text is written out, as on the other pages.
  const shown = (text) => (text.length > 120 ? `${text.slice(0, 119)} …` : text).replace(/[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (c) => `[U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);

  const draw = () => {
    const last = Math.max(Math.ceil(found.length / PAGE) - 1, 0);
    page = Math.min(Math.max(page, 0), last);
    body.replaceChildren(...found.slice(page * PAGE, (page + 1) * PAGE).map(line));
    finish(last);
  };
  const finish = (last) => {
    before.disabled = page === 0;
    after.disabled = page === last;
    document.getElementById("place").textContent = `page ${form.number(page + 1)} of ${form.number(last + 1)}`;
    const jobs = found.reduce((sum, row) => sum + (row.cells.length && isCounted(row) ? people(row) ?? 0 : 0), 0);
    status.textContent = `${form.number(found.length)} of ${form.number(rows.length)} rounds; those counted add up to ${form.number(jobs)} jobs`;
  };
  const isCounted = (row) => !schema.left_out.includes(cell(row, "action")) && !schema.left_out.includes(cell(row, "status"));

  const address = (wanted) => {
    const parameters = new URLSearchParams(wanted);
    if (order !== "-date") parameters.set("sort", order);
    if (page) parameters.set("page", page + 1);
    const text = parameters.toString();
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  };
  const search = async ({ keep = false } = {}) => {
    const wanted = asked();
    if (wanted.quotes) await quotes();
    found = sorted(rows.filter(wants(wanted)));
    if (!keep) page = 0;
    draw();
    address(wanted);
  };
  let reading = null;
  const quotes = () => (reading ??= Promise.all(years.map((year) => load("quotes", year))));

  const mark = () => {
    for (const head of table.tHead.querySelectorAll("[data-sort]")) {
      const ours = head.dataset.sort === order.replace("-", "");
      if (ours) head.setAttribute("aria-sort", order.startsWith("-") ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  };
  const restore = () => {
    const parameters = new URLSearchParams(location.hash.slice(1));
    for (const field of filters.elements) {
      if (!field.name) continue;
      if (field.type === "checkbox") field.checked = parameters.has(field.name);
      else field.value = parameters.get(field.name) ?? "";
    }
    const sort = parameters.get("sort");
    order = sort && /^-?(date|company|jobs|share)$/.test(sort) ? sort : "-date";
    page = (Number.parseInt(parameters.get("page"), 10) || 1) - 1;
    mark();
    return [...parameters].length > 0;
  };

  const csvCell = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const download = async () => {
    await quotes();
    const head = [...columns, "evidence", "evidence_url"];
    const lines = found.map((row) => [...columns.map((name) => cell(row, name)), ...quote(row)]);
    const text = [head, ...lines].map((cells) => cells.map(csvCell).join(",") + "\r\n").join("");
    const link = element("a", "", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: "rounds.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const trouble = (error) => { status.textContent = `${error.message}. The files of this site belong together; copy them all.`; };
  const run = (work) => Promise.resolve().then(work).catch(trouble);
  let timer = 0;
  filters.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => run(search), 120);
  });
  filters.addEventListener("submit", (event) => { event.preventDefault(); run(search); });
  filters.addEventListener("reset", () => setTimeout(() => run(search)));
  before.addEventListener("click", () => { page -= 1; draw(); address(asked()); table.scrollIntoView(); });
  after.addEventListener("click", () => { page += 1; draw(); address(asked()); table.scrollIntoView(); });
  document.getElementById("csv").addEventListener("click", () => run(download));
  table.tHead.addEventListener("click", (event) => {
    const name = event.target.closest("[data-sort]")?.dataset.sort;
    if (!name) return;
    const first = name === "company" ? name : `-${name}`;
    order = order === first ? (first === name ? `-${name}` : name) : first;
    mark();
    run(search);
  });
  window.addEventListener("hashchange", () => { restore(); run(() => search({ keep: true })); });

  // Countries by their names, in the order of these.
  const nations = document.getElementById("f-country");
  const [any, ...named] = [...nations.options];
  for (const one of named) if (one.value !== "-") one.textContent = one.textContent.replace(one.value, form.country(one.value));
  named.sort((a, b) => (b.value === "-") - (a.value === "-") || a.textContent.localeCompare(b.textContent));
  nations.replaceChildren(any, ...named);

  const start = async () => {
    const wanted = restore();
    await Promise.all(years.map((year) => load("rows", year)));
    assemble();
    found = rows;
    if (wanted) await search({ keep: true });
    else finish(Math.max(Math.ceil(rows.length / PAGE) - 1, 0)); // the page already shows the newest
    document.body.dataset.ready = "yes";
  };
  run(start);
})();
