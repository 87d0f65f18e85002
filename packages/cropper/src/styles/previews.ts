/** Device frames. Everything in them is drawn in CSS; only the crop is a picture. */
export const previews = `
.previews { display: grid; gap: 14px; }
.previews > h3 { line-height: 36px; }
.preset { display: grid; gap: 12px; }
.preset + .preset { margin-top: 18px; padding-top: 18px; border-top: 1px solid var(--line); }
.preset ul { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 24px 22px; }
.preview { display: grid; gap: 6px; align-content: start; }
.preview[data-device='desktop'] { width: 100%; max-width: 480px; }
.preview[data-device='tablet'] { width: 206px; }
.preview[data-device='phone'] { width: 136px; }
.device { overflow: hidden; background: light-dark(#26272c, #3b3d45); }
.device[data-device='desktop'] { padding: 18px 1px 1px; border-radius: 9px; }
.device[data-device='desktop'] { background: light-dark(#d5d6dc, #3b3d45); position: relative; }
.device[data-device='desktop']::before { content: ''; position: absolute; left: 8px; top: 6px; width: 6px; height: 6px; border-radius: 50%; background: light-dark(#8e9099, #8b8e98); box-shadow: 11px 0 light-dark(#8e9099, #8b8e98), 22px 0 light-dark(#8e9099, #8b8e98); }
.device[data-device='tablet'] { padding: 8px; border-radius: 16px; }
.device[data-device='phone'] { padding: 5px; border-radius: 22px; }
.screen { overflow: hidden; display: flex; flex-direction: column; background: light-dark(#fff, #17181b); }
.device[data-device='desktop'] .screen { border-radius: 0 0 8px 8px; aspect-ratio: 16 / 10; }
.device[data-device='tablet'] .screen { border-radius: 9px; aspect-ratio: 3 / 4; }
.device[data-device='phone'] .screen { border-radius: 17px; aspect-ratio: 9 / 18; }
.shot { position: relative; flex: none; container-type: inline-size; }
.page { flex: 1; margin: 12px; min-height: 14px; background: linear-gradient(light-dark(#d9dae0, #34363d) 0 0) 0 0 / 55% 7px, linear-gradient(light-dark(#e9eaee, #27292e) 0 0) 0 15px / 100% 5px, linear-gradient(light-dark(#e9eaee, #27292e) 0 0) 0 26px / 84% 5px; background-repeat: no-repeat; }
.device[data-device='desktop'] .page { margin: 12px 16px; }
.headline { position: absolute; display: grid; align-content: center; gap: 6%; padding: 4%; color: #fff; overflow: hidden; outline: 1px dashed; outline-offset: -1px; }
.headline[data-ink='dark'] { color: #111; }
.headline b, .headline i { display: block; height: 3.4cqw; min-height: 4px; border-radius: 2px; background: currentColor; width: 80%; }
.headline i { width: 52%; opacity: .75; }
.name { justify-self: start; min-height: 28px; margin: 2px 0 0 -8px; padding: 0 8px; border: 0; border-radius: 7px; background: none; font-weight: 600; cursor: pointer; text-align: left; }
.name:hover { background: var(--hover); }
.name[aria-pressed='true'] { background: var(--tint); color: var(--accent); }
.name[aria-pressed='true'] small { color: inherit; }
.preview:has([aria-pressed='true']) .device { box-shadow: 0 0 0 2px var(--ground), 0 0 0 4px var(--accent); }
.verdict { display: flex; gap: 7px; font-size: 13px; line-height: 1.45; color: var(--muted); }
.verdict .icon { width: 15px; height: 15px; margin-top: 2px; color: var(--fine); stroke-width: 2; }
.verdict.worry, .verdict.worry .icon { color: var(--worry); }
@container (max-width: 559px) {
  .preset ul { gap: 22px 18px; }
  .preview[data-device='tablet'] { width: calc(60% - 9px); }
  .preview[data-device='phone'] { width: calc(40% - 9px); }
}
@container (min-width: 760px) {
  .preview[data-device='desktop'] { width: 352px; }
}
@container (min-width: 1160px) {
  .preview[data-device='desktop'] { width: 100%; }
  .preview[data-device='desktop'] { max-width: none; }
  .preview[data-device='tablet'] { width: calc(60% - 11px); }
  .preview[data-device='phone'] { width: calc(40% - 11px); }
}
`
