// npm puts Node 24 of the `node` package on PATH. Without its install script the old Node would run, and fail in riddles.
if (Number(process.versions.node.split('.')[0]) < 22) {
  process.stderr.write(
    `This needs Node 22.18 or newer, but runs on ${process.versions.node}. Run \`npm install\` with install scripts allowed: it brings Node 24 along.\n`,
  )
  process.exit(1)
}
