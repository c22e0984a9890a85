// What pages can do beyond HTML: themes, text size, stars, read marks, folding, keys. Every word comes from the page.
(() => {
  'use strict'
  const html = document.documentElement
  // What the page says to the script: the base path, the page of stars, and words.
  const page = document.currentScript.dataset
  const root = page.root
  const find = (selector, within = document) => within.querySelector(selector)
  const all = (selector, within = document) => [...within.querySelectorAll(selector)]
  const create = (name, values) => Object.assign(document.createElement(name), values)

  // Sites may share an origin, so names hold the base path. Where nothing may be kept, it lasts as long as the page.
  const memory = {}
  const load = name => {
    try {
      const value = JSON.parse(localStorage.getItem(`digest:${root}:${name}`))
      if (value) return typeof value == 'object' ? value : {}
    } catch {}
    return memory[name] ?? {}
  }
  const keep = (name, value) => {
    memory[name] = value
    try {
      localStorage.setItem(`digest:${root}:${name}`, JSON.stringify(value))
    } catch {
      say('unkept')
    }
  }

  // At once, before anything is painted.
  const dress = () => {
    const look = load('look')
    for (const name of ['theme', 'size']) {
      if (look[name]) html.dataset[name] = look[name]
      else delete html.dataset[name]
    }
    if (!document.body) return
    const paper = look.theme && getComputedStyle(document.body).backgroundColor // not asked for in vain: it costs time
    for (const meta of all('meta[name=theme-color]')) {
      meta.own ??= meta.content
      meta.content = paper || meta.own
    }
  }
  html.dataset.live = ''
  dress()
  // By a script, as checkers of CSS do not know the rule yet.
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches && 'adoptedStyleSheets' in document) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('@view-transition { navigation: auto }')
    document.adoptedStyleSheets.push(sheet)
  }
  // Bodies are folded while they come in, so that nothing jumps.
  const fold = load('look').fold
  const folder = new MutationObserver(records => {
    for (const { addedNodes } of records)
      for (const node of addedNodes) if (node.className == 'fold') node.open = fold == 'open'
  })
  if (fold) folder.observe(html, { childList: true, subtree: true })

  // Words and messages

  let status, timer
  const say = (name, text = page[name]) => {
    if (!status) return
    status.textContent = text
    clearTimeout(timer)
    timer = setTimeout(() => (status.textContent = ''), 5000)
  }

  // Entries, stars and read marks

  const ENTRY = '[data-entry]'
  const plain = node => node?.textContent.replace(/\s+/g, ' ').trim() ?? ''
  const within = path => (path.startsWith(root) ? path.slice(root.length) : '')
  // Nothing but a page of this site: what is kept may have come from a file.
  const address = url => {
    const to = new URL(root + String(url).replace(/^[\\/]+/, ''), location)
    return to.origin == location.origin && to.pathname.startsWith(root) ? to.pathname : root
  }
  const describe = entry => ({
    title: entry.dataset.title ?? plain(find('h1, h2, h3', entry)),
    by: plain(find('.byline', entry)),
    day: entry.dataset.day,
    url: within(find('h2 a, h3 a', entry)?.pathname ?? location.pathname),
    bib: within(entry.dataset.bibtex ?? ''),
  })
  const MARKS = {
    star: { store: 'stars', on: 'starred', off: 'unstarred', make: describe },
    read: { store: 'read', on: 'read', off: 'unread', make: () => 1 },
  }
  const show = () => {
    for (const [mark, { store }] of Object.entries(MARKS)) {
      const kept = load(store)
      for (const entry of all(ENTRY)) {
        const on = Object.hasOwn(kept, entry.dataset.entry)
        entry.toggleAttribute(`data-${mark}`, on)
        find(`[data-do=${mark}]`, entry)?.setAttribute('aria-pressed', on)
      }
    }
    for (const count of all('[data-stars]')) count.textContent = Object.keys(load('stars')).length || ''
  }
  const toggle = (mark, entry, told) => {
    if (!entry) return
    const { store, on, off, make } = MARKS[mark]
    const kept = load(store)
    const id = entry.dataset.entry
    const had = Object.hasOwn(kept, id)
    if (had) delete kept[id]
    else kept[id] = entry.star ?? make(entry)
    const ids = Object.keys(kept)
    for (const old of store == 'read' ? ids.slice(0, -9999) : []) delete kept[old]
    keep(store, kept)
    show()
    if (told) say(had ? off : on)
  }

  // A visit ends after half an hour without a page. New is what stands under a later day than the newest that was seen
  // before this visit: days are in the page and need no list of what was there. Home begins the count, as a reader who
  // comes to an old entry has not seen what else there is.
  const greet = () => {
    const newest = all(ENTRY).map(entry => entry.dataset.day).sort().at(-1)
    let { from = '', seen = '', at = 0 } = load('visit')
    if (!newest || !(seen || location.pathname == root)) return
    if (Date.now() - at > 18e5) from = seen
    keep('visit', { from, seen: newest > seen ? newest : seen, at: Date.now() })
    if (from)
      for (const entry of all(ENTRY))
        if (entry.dataset.day > from && !entry.matches('.leaf'))
          find('.facts', entry)?.prepend(create('li', { className: 'new', textContent: page.new }))
  }

  // What buttons do

  const read = async url => {
    const answer = await fetch(url)
    if (!answer.ok) throw Error(answer.status)
    return answer.text()
  }
  const STYLES = 'link[rel=stylesheet]'
  const deeds = {
    star: button => toggle('star', button.closest(ENTRY)),
    read: button => toggle('read', button.closest(ENTRY)),
    sheet: async () => {
      // It stands on the page of stars alone, as few ask for it.
      const source = find('.sheet') ? '' : await read(page.stars).catch(() => say('failed'))
      if (source) {
        const stars = new DOMParser().parseFromString(source, 'text/html')
        const here = all(STYLES).map(({ href }) => href)
        const missing = all(STYLES, stars).filter(({ href }) => !here.includes(href))
        // Before the others, as on the page of stars; not shown before they are there.
        await Promise.all(missing.map(link => new Promise(done => {
          link.onload = link.onerror = done
          find(STYLES).before(link)
        })))
        if (!find('.sheet')) document.body.append(find('.sheet', stars))
      }
      const dialog = find('.sheet')
      if (!dialog) return
      const look = load('look')
      for (const input of all('input', dialog))
        input.checked = input.type == 'radio' ? input.value == (look[input.name] ?? '') : look[input.name] !== false
      dialog.onchange = ({ target }) => {
        keep('look', { ...load('look'), [target.name]: target.type == 'radio' ? target.value : target.checked })
        dress()
      }
      dialog.onclick = ({ target }) => {
        if (target == dialog) dialog.close()
      }
      if (!dialog.open) dialog.showModal()
    },
    close: button => button.closest('dialog').close(),
    fold: ({ value }) => {
      for (const details of all('.fold')) details.open = value == 'open'
      keep('look', { ...load('look'), fold: value })
    },
    copy: async ({ dataset }) => {
      const text = read(dataset.copy)
      try {
        // Safari lets a page copy only at a click, not after what it has fetched then.
        const blob = text.then(found => new Blob([found], { type: 'text/plain' }))
        await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])
        say('copied')
      } catch {
        await text.then(found => navigator.clipboard.writeText(found)).then(() => say('copied'), () => say('failed'))
      }
    },
  }
  // For the script of the page of stars, which adds to it.
  const more = (window.digest = { load, keep, say, show, read, address, find, create, deeds, list() {} })

  // Keys: a key alone, and not where one writes (WCAG 2.2, 2.1.4: they can be turned off)

  const items = () => all(find(ENTRY) ? ENTRY : '.titles > li')
  const inView = node => {
    const { top, bottom } = node.getBoundingClientRect()
    return bottom > 0 && top < innerHeight
  }
  const alone = () => find(`.leaf${ENTRY}`)
  const here = () => {
    const list = items()
    const own = list.find(item => item.contains(document.activeElement) && inView(item))
    return alone() ?? own ?? list.findLast(item => item.getBoundingClientRect().top < 40)
  }
  const step = by => {
    const list = items()
    const next = list[list.indexOf(here()) + by]
    const on = find(by > 0 ? '.turn .back, .pager [rel=next]' : '.turn .on, .pager [rel=prev]')
    if (alone()) on?.click()
    else if (next) {
      find('h2 a, h3 a, a', next).focus({ preventScroll: true })
      next.scrollIntoView()
    } else on?.focus()
  }
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    o: () => {
      const item = here()
      if (item) find(alone() ? '.links a' : 'h2 a, h3 a, a', item)?.click()
    },
    s: () => toggle('star', here(), true),
    m: () => toggle('read', here(), true),
    f: () => {
      const details = find('.fold', here())
      if (details) details.open = !details.open
    },
    '/': () => {
      const field = find('input[type=search]')
      field?.focus()
      return field
    },
    '?': () => deeds.sheet(),
  }
  document.addEventListener('keydown', event => {
    const { key, code, target } = event
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (target.isContentEditable || target.closest?.('input, textarea, select, dialog')) return
    // Where letters are not Latin ones, the place of the key counts.
    const deed = /^[ -~]$/.test(key) ? key : code.replace(/^Key/, '').toLowerCase()
    if (!Object.hasOwn(keys, deed) || load('look').keys === false) return
    event.preventDefault()
    keys[deed]()
  })
  document.addEventListener('click', ({ target }) => {
    const button = target.closest?.('[data-do], [data-copy]')
    if (button) deeds[button.dataset.do ?? 'copy']?.(button)
  })

  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    const details = target && (target.closest('.fold') ?? find('.fold', target))
    if (details) details.open = true
  }
  const renew = () => {
    dress()
    more.list()
    show()
  }
  document.addEventListener('DOMContentLoaded', () => {
    folder.disconnect()
    status = document.body.appendChild(create('p', { className: 'status', role: 'status' }))
    renew()
    greet()
    reveal()
  })
  addEventListener('load', dress) // when the styles are there for certain
  addEventListener('hashchange', reveal)
  addEventListener('storage', renew)
  addEventListener('pageshow', ({ persisted }) => persisted && renew())
})()
