// What stands in the menus, in the order of reading.

const page = (text, link) => ({ text, link })

const start = {
  text: 'Start',
  items: [page('Ten minutes', '/start/')],
}

const guide = {
  text: 'Guide',
  items: [
    page('Which pattern for what', '/guide/'),
    page('Requests and replies', '/guide/requests'),
    page('Publish and subscribe', '/guide/publish'),
    page('Pipelines', '/guide/pipeline'),
    page('Routers and dealers', '/guide/router'),
    page('Brokers', '/guide/brokers'),
    page('Pairs and threads', '/guide/pair'),
    page('Plain TCP', '/guide/stream'),
    page('Options and marks', '/guide/options-and-marks'),
    page('Connections', '/guide/connections'),
  ],
}

const recipes = {
  text: 'Recipes',
  items: [
    page('Which one?', '/recipes/'),
    page('RPC with retry', '/recipes/rpc-with-retry'),
    page('A work queue', '/recipes/work-queue'),
    page('Last value cache', '/recipes/last-value-cache'),
    page('Clone', '/recipes/clone'),
    page('Request to many', '/recipes/request-to-many'),
    page('A graceful stop', '/recipes/graceful-stop'),
    page('Virtual threads', '/recipes/virtual-threads'),
    page('Flow', '/recipes/flow'),
    page('CompletableFuture', '/recipes/completable-future'),
    page('Kotlin', '/recipes/kotlin'),
    page('Spring', '/recipes/spring'),
    page('Testing', '/recipes/testing'),
  ],
}

const from = {
  text: 'Coming from',
  collapsed: true,
  items: [
    page('Habits to change', '/from/'),
    page('JeroMQ', '/from/jeromq'),
    page('libzmq', '/from/libzmq'),
    page('pyzmq', '/from/pyzmq'),
    page('php-zmq', '/from/php-zmq'),
    page('NNG', '/from/nng'),
  ],
}

const help = {
  text: 'Help',
  items: [
    page('Why does my message not arrive?', '/why'),
    page('Errors', '/errors'),
  ],
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
    page('Many requests', '/REQUESTS'),
    page('Futures and streams', '/ASYNC'),
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
  page('Guide', '/guide/'),
  page('Recipes', '/recipes/'),
  page('Reference', '/OPTIONS'),
]

export const menu = [start, guide, recipes, from, help, reference, inside]

export const chineseMenu = [{ text: '开始', items: [page('十分钟', '/zh/start/')] }]
