/** The photo and what lies on it. Lines are white with a dark rim, so that they are seen on every photo, in both themes. */
export const stage = `
.mat { padding: 18px; border-radius: 14px; background: var(--mat); display: grid; justify-items: center; }
.photo { --reach: 26px; position: relative; width: min(100%, calc(66svh * var(--ratio))); user-select: none; -webkit-user-select: none; }
.photo .picture { border-radius: 3px; }
.picture { display: block; width: 100%; height: auto; background: light-dark(#dcdde1, #26282d); }
.notice { position: absolute; inset: 0; display: grid; place-content: center; padding: 16px; color: var(--text); }
.ground, .found { position: absolute; inset: 0; }
.found { pointer-events: none; }
[data-surface], .other, .zone, .ghost, .found-box { position: absolute; }
[data-surface] { cursor: move; touch-action: none; }
.shade { position: absolute; inset: 0; overflow: hidden; pointer-events: none; border-radius: 3px; }
.shade div { position: absolute; box-shadow: 0 0 0 9999px rgb(8 9 12 / .58); }
.frame { outline: 2px solid #fff; box-shadow: 0 0 0 3px rgb(0 0 0 / .55); }
.ellipse { border-radius: 50%; border: 2px solid #fff; box-shadow: 0 0 0 1px rgb(0 0 0 / .6), inset 0 0 0 1px rgb(0 0 0 / .6); background: rgb(255 255 255 / .1); }
.ellipse.automatic, .ellipse.ghost { border-style: dashed; background: none; }
.ellipse.ghost { pointer-events: none; opacity: .8; }
.other { pointer-events: none; outline: 1px solid #fff; outline-offset: -1px; box-shadow: inset 0 0 0 2px rgb(0 0 0 / .5); }
.found-box { border: 1px dashed #fff; box-shadow: 0 0 0 1px rgb(0 0 0 / .45), inset 0 0 0 1px rgb(0 0 0 / .45); border-radius: 3px; }
.found-box span, .other span, .zone span {
  position: absolute; left: 0; top: 0; padding: 1px 6px; font-size: 12px; line-height: 18px; white-space: nowrap;
  color: #fff; background: rgb(0 0 0 / .72); border-radius: 3px 0 4px 0; pointer-events: none;
}
.found-box[data-kind='face'] span { top: 100%; font-size: 11px; line-height: 16px; border-radius: 0 0 4px 4px; }
.other span { left: auto; right: 0; border-radius: 0 0 0 4px; }
.zone { outline: 2px dashed #fff; outline-offset: -2px; background: repeating-linear-gradient(135deg, rgb(255 255 255 / .22) 0 6px, rgb(0 0 0 / .22) 6px 12px); }
.zone:not([data-surface]) { pointer-events: none; }
.handle { position: absolute; width: 32px; height: 32px; margin: -16px 0 0 -16px; display: grid; place-items: center; touch-action: none; border-radius: 50%; z-index: 1; }
.handle::before { content: ''; width: 14px; height: 14px; border-radius: 50%; background: #fff; box-shadow: 0 0 0 1.5px rgb(0 0 0 / .7), 0 1px 5px rgb(0 0 0 / .4); }
.handle[data-grip='move']::before {
  width: 22px; height: 22px; background: #fff url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 22 22' fill='none' stroke='%231a1b1f' stroke-width='1.5' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='M11 4v14M4 11h14M9 6l2-2 2 2M9 16l2 2 2-2M6 9l-2 2 2 2M16 9l2 2-2 2'/%3E%3C/svg%3E") center / contain;
}
.handle[data-grip='n'], .handle[data-grip='s'] { cursor: ns-resize; }
.handle[data-grip='e'], .handle[data-grip='w'] { cursor: ew-resize; }
.handle[data-grip='nw'], .handle[data-grip='se'] { cursor: nwse-resize; }
.handle[data-grip='ne'], .handle[data-grip='sw'] { cursor: nesw-resize; }
.handle[data-grip='move'] { cursor: move; }
.handle:focus { outline: none; }
.handle:focus-visible::before { outline: 3px solid var(--accent); outline-offset: 2px; box-shadow: 0 0 0 1.5px rgb(0 0 0 / .7), 0 0 0 7px #fff; }
@container (max-width: 559px) {
  .mat { padding: 12px; }
}
`
