// The page of stars: the list, and what a reader takes along. It adds to the script of every page.
(() => {
  'use strict'
  const { load, keep, say, show, read, address, find, create, deeds } = window.digest

  const list = () => {
    const section = find('[data-list]')
    if (!section) return
    const known = Object.entries(load('stars')).filter(([, star]) => star?.url) // what else is there is not ours
    const stars = known.sort(([, a], [, b]) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0))
    const { lang } = document.documentElement
    // English dates as the pages write them: 1 February 2026.
    const days = new Intl.DateTimeFormat(lang == 'en' ? 'en-GB' : lang, { dateStyle: 'long', timeZone: 'UTC' })
    const rows = stars.map(([id, star]) => {
      const row = find('template', section).content.firstElementChild.cloneNode(true)
      const day = new Date(star.day)
      row.dataset.entry = id
      row.star = star
      Object.assign(find('a', row), { textContent: star.title, href: address(star.url) })
      find('.byline', row).textContent = star.by
      if (!isNaN(day)) Object.assign(find('time', row), { textContent: days.format(day), dateTime: star.day })
      return row
    })
    find('ul', section).replaceChildren(...rows)
    find('.empty', section).hidden = rows.length > 0
    find('[data-do=export]').disabled = !stars.some(([, star]) => star.bib)
    find('[data-do=backup]').disabled = !rows.length
  }
  window.digest.list = list

  const save = (name, type, text) => {
    const link = create('a', { download: name, href: URL.createObjectURL(new Blob([text], { type })) })
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60000)
  }
  const merge = text => {
    const { stars, read } = JSON.parse(text)
    const known = load('stars')
    for (const [id, star] of Object.entries(stars)) {
      const fields = ['title', 'by', 'day', 'url', 'bib'].map(name => [name, String(star[name] ?? '')])
      known[id] = Object.fromEntries(fields)
    }
    keep('stars', known)
    keep('read', { ...load('read'), ...Object.fromEntries(Object.keys(read ?? {}).map(id => [id, 1])) })
  }

  Object.assign(deeds, {
    export: async ({ dataset }) => {
      const papers = Object.values(load('stars')).filter(star => star?.bib)
      const found = []
      for (let i = 0; i < papers.length; i += 6)
        found.push(...(await Promise.allSettled(papers.slice(i, i + 6).map(star => read(address(star.bib))))))
      const texts = found.filter(answer => answer.status == 'fulfilled').map(answer => answer.value.trim() + '\n')
      if (texts.length) save('starred.bib', 'application/x-bibtex', texts.join('\n'))
      say('', dataset.done.replace('{done}', texts.length).replace('{all}', papers.length))
    },
    backup: () => save('starred.json', 'application/json', JSON.stringify({ stars: load('stars'), read: load('read') })),
    restore: ({ dataset }) => {
      const input = create('input', { type: 'file', accept: '.json,application/json' })
      input.onchange = async () => {
        try {
          merge(await input.files[0].text())
          say('', dataset.done)
        } catch {
          say('', dataset.wrong)
        }
        list()
        show()
      }
      input.click()
    },
  })
})()
