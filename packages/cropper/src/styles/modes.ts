/** Fingers, less motion, and colours that the person chose. */
export const modes = `
@media (pointer: coarse) {
  .button, .choice, .check, input[type='number'], select { min-height: 44px; }
  .number span { line-height: 44px; }
  .name { min-height: 36px; }
  .photo { --reach: 38px; }
  .handle { width: 44px; height: 44px; margin: -22px 0 0 -22px; }
  .handle::before { width: 18px; height: 18px; }
  .handle[data-grip='move']::before { width: 24px; height: 24px; }
  .handle[aria-hidden] { display: none; }
}
@media (hover: none) {
  #keys { display: none; }
}
@media (prefers-reduced-motion: no-preference) {
  .button, .choice, .name { transition: background-color .12s, border-color .12s; }
}
@media (forced-colors: active) {
  .frame, .zone, .other { outline-color: Highlight; }
  .ellipse, .found-box { border-color: Highlight; }
  .handle::before { background-color: ButtonFace; border: 2px solid ButtonText; forced-color-adjust: none; }
  .handle:focus-visible::before { outline-color: Highlight; }
  .choice:has(:checked), .name[aria-pressed='true'] { outline: 2px solid Highlight; outline-offset: -2px; }
  .dot { background: Highlight; forced-color-adjust: none; }
  .device { border: 1px solid CanvasText; }
}
`
