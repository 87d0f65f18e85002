/** Colours, type and resets. A host overrides a colour by setting the custom property on the element. */
export const base = `
:host {
  color-scheme: light dark;
  display: block;
  container-type: inline-size;
  color: var(--text);
  background: var(--ground);
  font: 15px/1.5 var(--hero-font, system-ui, sans-serif);
  -webkit-text-size-adjust: 100%;
  --ground: var(--hero-ground, light-dark(#f7f7f8, #131417));
  --card: var(--hero-card, light-dark(#fff, #1c1d21));
  --text: var(--hero-text, light-dark(#1a1b1f, #eeeef1));
  --muted: var(--hero-muted, light-dark(#5b5e66, #a6a9b3));
  --line: light-dark(#e3e4e8, #2d2f36);
  --edge: light-dark(#868993, #7a7d88);
  --hover: light-dark(#f0f0f3, #26282e);
  --accent: var(--hero-accent, light-dark(#3451c7, #93a8ff));
  --on-accent: var(--hero-on-accent, light-dark(#fff, #0e1120));
  --tint: light-dark(#eaeefc, #262b45);
  --worry: light-dark(#8a4600, #ffc27a);
  --worry-ground: light-dark(#fff3e2, #33261a);
  --fine: light-dark(#1b6b3c, #7fd3a0);
  --mat: light-dark(#ececef, #0c0d0f);
}
:host([hidden]) { display: none; }
*, ::before, ::after { box-sizing: border-box; }
h2, h3, h4, p, ul, dl, dd, fieldset, figure { margin: 0; padding: 0; border: 0; min-width: 0; }
ul { list-style: none; }
h2 { font-size: 17px; line-height: 1.4; font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h3, legend { font-size: 15px; font-weight: 650; }
h4 { font-size: 13px; font-weight: 600; color: var(--muted); }
small { font-size: 13px; font-weight: 400; color: var(--muted); font-variant-numeric: tabular-nums; }
.icon { flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`
