// How the site is made of the pages beside this folder. What stands in which menu: menu.mjs.
import { defineConfig } from 'vitepress'
import { chineseMenu, menu, top } from './menu.mjs'

export const repository = 'https://github.com/lingmq/lingmq'

/** A page may point to a file that is no page, as the host of the repository shows it. In the site that is a link there. */
function leadOut(markdown) {
  markdown.core.ruler.push('lead-out', state => {
    const page = new URL(state.env.relativePath, 'file:///docs/')
    for (const token of state.tokens.flatMap(it => it.children ?? [])) {
      const target = token.type === 'link_open' ? token.attrGet('href') : null
      if (!target || /^([a-z]+:|#)/.test(target)) continue
      const file = new URL(target, page)
      if (!file.pathname.startsWith('/docs/') || /\.(csv|txt|svg)$/.test(file.pathname)) {
        token.attrSet('href', `${repository}/blob/main${file.pathname}${file.hash}`)
        token.attrSet('target', '_blank')
      }
    }
  })
}

export default defineConfig({
  title: 'LingMQ',
  description: 'ZeroMQ for Java, in pure Java',
  lastUpdated: false,
  cleanUrls: false,
  srcExclude: ['**/node_modules/**'],
  markdown: { config: leadOut, lineNumbers: false },
  head: [['link', { rel: 'icon', href: '/logo.svg', type: 'image/svg+xml' }]],
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      themeConfig: { nav: top, sidebar: menu, outline: { level: [2, 3] } },
    },
    zh: {
      label: '简体中文',
      lang: 'zh-CN',
      description: '纯 Java 的 ZeroMQ',
      themeConfig: {
        nav: [
          { text: '开始', link: '/zh/start/' },
          { text: 'English', link: '/' },
        ],
        sidebar: chineseMenu,
        outline: { label: '本页内容', level: [2, 3] },
        docFooter: { prev: '上一页', next: '下一页' },
        darkModeSwitchLabel: '主题',
        sidebarMenuLabel: '目录',
        returnToTopLabel: '回到顶部',
        langMenuLabel: '语言',
      },
    },
  },
  themeConfig: {
    logo: '/logo.svg',
    i18nRouting: false, // only the first pages are there in both languages
    search: {
      provider: 'local',
      options: { locales: { zh: { translations: { button: { buttonText: '搜索' } } } } },
    },
    socialLinks: [{ icon: 'github', link: repository }],
    footer: { message: 'Apache License 2.0', copyright: 'The LingMQ authors' },
  },
})
