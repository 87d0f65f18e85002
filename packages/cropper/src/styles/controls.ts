/** Buttons, fields, choices and badges. */
export const controls = `
button, input, select, textarea { font: inherit; color: inherit; }
.button {
  display: inline-flex; align-items: center; justify-content: center; gap: 8px;
  min-height: 36px; padding: 0 12px; border-radius: 8px; cursor: pointer;
  border: 1px solid var(--line); background: var(--card); font-weight: 500; text-align: start; line-height: 1.3;
}
.button:hover { background: var(--hover); }
.button[aria-disabled='true'] { color: var(--muted); cursor: default; }
.button[aria-disabled='true'] .icon { opacity: .5; }
.button[aria-disabled='true']:hover { background: var(--card); }
.button.main { background: var(--accent); border-color: transparent; color: var(--on-accent); padding: 0 20px; font-weight: 600; }
.button.main:hover { background: color-mix(in oklab, var(--accent), var(--text) 12%); }
.button.low { align-self: end; }
.button.quiet { border-color: transparent; background: none; padding: 0 8px; margin: 0 -8px; justify-self: start; color: var(--accent); }
.button.quiet:hover { background: var(--hover); }
.button.quiet[aria-disabled='true'] { display: none; }
.fields { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px 16px; }
.field { display: grid; gap: 4px; }
.field > label { font-size: 13px; color: var(--muted); }
input[type='number'], select, textarea {
  width: 100%; min-height: 36px; padding: 6px 10px; border: 1px solid var(--edge); border-radius: 8px; background: var(--card);
}
textarea { resize: vertical; line-height: 1.45; }
.number { position: relative; display: block; }
.number input { padding-right: 30px; font-variant-numeric: tabular-nums; appearance: textfield; -moz-appearance: textfield; }
.number input::-webkit-inner-spin-button { margin-right: -2px; }
.number span { position: absolute; right: 11px; top: 0; line-height: 36px; color: var(--muted); pointer-events: none; }
.targets { display: flex; flex-wrap: wrap; gap: 6px; }
.choice {
  position: relative; display: inline-flex; align-items: center; gap: 7px; min-height: 36px; padding: 0 13px 0 10px;
  border-radius: 18px; cursor: pointer; background: var(--card); border: 1px solid var(--line);
}
.choice:hover { background: var(--hover); }
.choice input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer; }
.choice:has(:checked) { background: var(--tint); border-color: var(--accent); }
.choice:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.choice .icon { color: var(--muted); }
.choice:has(:checked) .icon { color: var(--accent); }
.choice:has(:checked) small { color: var(--text); }
.dot { width: 7px; height: 7px; border-radius: 50%; background: var(--accent); }
.check { display: inline-flex; align-items: center; gap: 8px; min-height: 28px; cursor: pointer; }
.check input { width: 18px; height: 18px; margin: 0; accent-color: var(--accent); }
.badge { flex: none; font-size: 12px; font-weight: 500; line-height: 22px; padding: 0 9px; border-radius: 11px; background: var(--hover); color: var(--muted); }
.badge.set { background: var(--tint); color: var(--accent); }
.hint { font-size: 13px; color: var(--muted); }
`
