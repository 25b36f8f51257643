
(() => {
  "use strict";
  // Without this script the page is complete; with it, its tables can be sorted and the hosts filtered.
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const number = new Intl.NumberFormat("en");
  const at = (id) => document.getElementById(id);
  const body = at("hosts-table").tBodies[0];
  const rows = Array.from(body.rows);
  const shown = at("shown");
  const controls = { find: at("find"), show: at("show"), client: at("client"), version: at("version") };
  let note = "";

  const label = (head) => head.dataset.label;
  const opposite = { ascending: "descending", descending: "ascending" };

  /** What a row is sorted by in a column: a number, a text, or null, which comes last in either direction. */
  const key = (cell) => {
    const said = cell.dataset.s;
    if (said !== undefined) {
      return said === "" ? null : isNaN(said) ? said : Number(said);
    }
    return cell.classList.contains("n") ? null : cell.textContent.trim() || null;
  };

  const compare = (one, other) =>
    typeof one === "number" && typeof other === "number" ? one - other : collator.compare(one, other);

  const sort = (table, head, direction) => {
    const column = Array.prototype.indexOf.call(head.parentNode.cells, head);
    const sign = direction === "ascending" ? 1 : -1;
    const section = table.tBodies[0];
    const entries = Array.from(section.rows, (row, index) => [key(row.cells[column]), index, row]);
    entries.sort((one, other) => {
      if (one[0] === null || other[0] === null) {
        return (one[0] === null) - (other[0] === null) || one[1] - other[1];
      }
      return sign * compare(one[0], other[0]) || one[1] - other[1];
    });
    for (const other of head.parentNode.cells) {
      other.removeAttribute("aria-sort");
    }
    head.setAttribute("aria-sort", direction);
    section.append(...entries.map((entry) => entry[2]));
    if (section === body) {
      note = `, sorted by ${label(head).toLowerCase()}, ${direction}`;
      at("order").value = `${column} ${direction}`;
      tell();
    }
  };

  const tell = () => {
    const visible = rows.reduce((sum, row) => sum + !row.hidden, 0);
    const all = number.format(rows.length);
    const hosts = rows.length === 1 ? "host" : "hosts";
    shown.textContent = (visible === rows.length ? `${all} ${hosts}` : `${number.format(visible)} of ${all} ${hosts}`) + note;
    at("nothing").hidden = visible > 0 || rows.length === 0;
    at("hosts-table").hidden = visible === 0 && rows.length > 0;
  };

  const filter = () => {
    const words = controls.find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const { show, client, version } = controls;
    for (const row of rows) {
      const { f, c, v } = row.dataset;
      if (words.length && row.text === undefined) {
        row.text = Array.from(row.cells, (cell) => cell.textContent).join(" ").toLowerCase();
      }
      row.hidden = !(
        (show.value === "all" || ` ${f} `.includes(` ${show.value} `)) &&
        (client.value === "" || c === client.value) &&
        (version.value === "" || ` ${v} `.includes(` ${version.value} `)) &&
        words.every((word) => row.text.includes(word))
      );
    }
    tell();
  };

  const reset = () => {
    at("controls").reset();
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      head.dataset.label = head.textContent.trim();
      button.type = "button";
      button.className = "sort";
      button.textContent = label(head);
      button.addEventListener("click", () => {
        const first = head.dataset.first || "ascending";
        sort(table, head, opposite[head.getAttribute("aria-sort")] || first);
      });
      head.replaceChildren(button);
    }
  }

  const order = at("order");
  for (const [column, head] of Array.from(at("hosts-table").tHead.rows[0].cells).entries()) {
    const first = head.dataset.first || "ascending";
    for (const direction of [first, opposite[first]]) {
      order.add(new Option(`${label(head)}, ${direction}`, `${column} ${direction}`));
    }
    if (head.hasAttribute("aria-sort")) {
      order.value = `${column} ${head.getAttribute("aria-sort")}`;
    }
  }
  order.addEventListener("change", () => {
    const [column, direction] = order.value.split(" ");
    sort(at("hosts-table"), at("hosts-table").tHead.rows[0].cells[Number(column)], direction);
  });

  const sites = at("sites-table");
  if (sites) {
    const every = Array.from(sites.tBodies[0].rows);
    const told = at("sites-shown").textContent;
    at("find-site").addEventListener("input", (event) => {
      const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of every) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
      const visible = every.filter((row) => !row.hidden).length;
      at("sites-shown").textContent = visible === every.length ? told : `${number.format(visible)} of ${told}`;
    });
    at("site-controls").addEventListener("submit", (event) => event.preventDefault());
    at("site-controls").hidden = false;
  }

  controls.find.addEventListener("input", filter);
  for (const name of ["show", "client", "version"]) {
    controls[name].addEventListener("change", filter);
  }
  at("controls").addEventListener("submit", (event) => event.preventDefault());
  // The fields have their first values only after the event. The order of the rows stays, and its field with it.
  at("controls").addEventListener("reset", () => {
    const chosen = order.value;
    setTimeout(() => {
      order.value = chosen;
      filter();
    });
  });
  at("again").addEventListener("click", () => {
    reset();
    controls.find.focus();
  });
  for (const tile of document.querySelectorAll("[data-show]")) {
    tile.addEventListener("click", () => {
      at("controls").reset();
      setTimeout(() => {
        controls.show.value = tile.dataset.show;
        filter();
      });
    });
  }
  at("controls").hidden = false;
  // A browser that comes back to the page may have kept what the fields said.
  at("controls").reset();
})();
