// What stands in the menus, in the order of reading.

const page = (text, link) => ({ text, link })

const start = {
  text: 'Start',
  items: [page('Ten minutes', '/start/')],
}

const reference = {
  text: 'Reference',
  collapsed: true,
  items: [
    page('Command line', '/COMMANDS'),
    page('Options', '/OPTIONS'),
    page('Promises', '/PROMISES'),
    page('Closing', '/CLOSING'),
    page('Logging', '/LOGGING'),
    page('Security', '/SECURITY'),
    page('Messages and envelopes', '/MESSAGES'),
    page('Event loop', '/LOOP'),
    page('Reused messages', '/BUFFERS'),
    page('Differences to libzmq and JeroMQ', '/DIFFERENCES'),
    page('Performance', '/PERFORMANCE'),
    page('Latency', '/LATENCY'),
    page('Measuring', '/MEASURING'),
    page('Words', '/WORDS'),
  ],
}

const inside = {
  text: 'Inside',
  collapsed: true,
  items: [
    page('The map', '/MAP'),
    page('The engine', '/ENGINE'),
    page('Borders', '/BORDERS'),
    page('Extending', '/EXTENDING'),
    page('Simulation', '/SIMULATION'),
    page('Releasing', '/RELEASING'),
    page('What was tried', '/TRIED'),
  ],
}

export const top = [
  page('Start', '/start/'),
  page('Reference', '/OPTIONS'),
]

export const menu = [start, reference, inside]

export const chineseMenu = [{ text: '开始', items: [page('十分钟', '/zh/start/')] }]
