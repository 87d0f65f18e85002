/** One column on phones, two rows on tablets, three columns on desktops; the order is the same for eyes and for keys. */
export const layout = `
.editor { padding: 16px; display: grid; gap: 16px; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 12px 16px; }
.bar h2 { flex: 1 1 auto; }
.tools { display: flex; flex-wrap: wrap; gap: 6px; }
.saving { display: flex; align-items: center; gap: 12px; }
.state { font-size: 13px; color: var(--muted); }
.state[data-kind='error'] { color: var(--worry); }
.state[data-kind='done'] { color: var(--fine); }
.banner { padding: 10px 14px; border-radius: 10px; background: var(--worry-ground); color: var(--worry); }
.columns { display: grid; gap: 28px; grid-template-columns: minmax(0, 1fr); align-items: start; }
.work { display: grid; gap: 12px; }
.below { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 20px; }
.below p { flex: 1 1 auto; font-size: 13px; color: var(--muted); }
.panels { display: grid; gap: 16px; align-items: start; }
.card { display: grid; gap: 16px; padding: 20px; border-radius: 14px; background: var(--card); border: 1px solid var(--line); }
.card > p { color: var(--muted); }
.card fieldset { display: grid; gap: 12px; padding-top: 16px; border-top: 1px solid var(--line); }
.card legend { float: left; width: 100%; padding: 0; margin-bottom: -2px; }
.title { display: flex; align-items: center; justify-content: space-between; gap: 12px; }
dl { display: grid; gap: 6px; }
dl div { display: flex; justify-content: space-between; gap: 16px; }
dt { color: var(--muted); }
dd { text-align: right; font-variant-numeric: tabular-nums; }
.why { display: grid; gap: 12px; }
.warnings { display: grid; gap: 8px; }
.warnings li { display: flex; gap: 10px; padding: 10px 12px; border-radius: 10px; background: var(--worry-ground); color: var(--worry); font-size: 14px; }
.warnings .icon { margin-top: 2px; }
@container (max-width: 559px) {
  .tools .button span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .tools .button { width: 44px; padding: 0; }
  .bar h2 { flex-basis: 100%; }
  .tools { flex: 1 1 auto; }
}
@container (min-width: 760px) {
  .editor { padding: 24px; gap: 20px; }
  .panels { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@container (min-width: 1160px) {
  .editor { padding: 28px 32px 40px; gap: 24px; }
  .columns { grid-template-columns: minmax(0, 1fr) 356px 284px; gap: 32px; }
  .panels { grid-template-columns: minmax(0, 1fr); }
  .work { position: sticky; top: 16px; }
}
@container (min-width: 1700px) {
  .columns { grid-template-columns: minmax(0, 1fr) 480px 340px; gap: 48px; }
}
`
