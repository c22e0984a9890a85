// Added to pages of the preview, and to no page that is built: reloads what has changed, and shows what is wrong.
;(() => {
  'use strict'
  // Before any script of the page, which may do with these names what it likes.
  const { fetch, EventSource, sessionStorage: session, setTimeout, clearTimeout, JSON, CSSStyleSheet } = window
  const own = document.currentScript
  const { page, today } = own.dataset
  const folder = new URL('.', own.src).href
  const html = document.documentElement
  let state = own.dataset.state
  let styles = JSON.parse(own.dataset.styles)
  own.remove()
  const key = `digest:live:${location.pathname}`

  const create = (name, values = {}, ...children) => {
    const made = Object.assign(document.createElement(name), values)
    made.append(...children)
    return made
  }

  // What a reader has opened, and where: kept for the page that takes the place of this one.
  const keep = () => {
    const open = [...document.querySelectorAll('details')].map(each => each.open)
    const values = [...document.querySelectorAll('input:not([type=password]):not([type=file]), textarea')].map(each => each.value)
    try {
      session.setItem(key, JSON.stringify({ x: scrollX, y: scrollY, open, values, time: Date.now() }))
    } catch {}
  }
  const restore = () => {
    let kept
    try {
      kept = JSON.parse(session.getItem(key))
      session.removeItem(key)
    } catch {}
    if (!kept || Date.now() - kept.time > 20_000) return
    history.scrollRestoration = 'manual'
    const put = () => scrollTo({ left: kept.x, top: kept.y, behavior: 'instant' })
    const open = () => {
      const all = [...document.querySelectorAll('details')]
      if (all.length == kept.open.length) all.forEach((each, number) => (each.open = kept.open[number]))
      const fields = [...document.querySelectorAll('input:not([type=password]):not([type=file]), textarea')]
      if (fields.length == kept.values.length)
        fields.forEach((each, number) => each.value == each.defaultValue && (each.value = kept.values[number]))
      put()
    }
    // Whoever scrolls meanwhile knows better.
    let moved = false
    for (const name of ['wheel', 'touchstart', 'keydown']) addEventListener(name, () => (moved = true), { once: true, passive: true })
    addEventListener('DOMContentLoaded', open)
    addEventListener('load', () => {
      if (!moved) put()
      setTimeout(() => {
        if (!moved) put()
        history.scrollRestoration = 'auto'
      }, 100)
    })
  }
  const reload = () => {
    keep()
    location.reload()
  }

  // Style sheets take the place of one another without a moment between.
  const swap = next => {
    if (next.length != styles.length) return false
    const links = [...document.querySelectorAll('link[rel~=stylesheet i]')]
    const pairs = next.map(([href, holds], number) => {
      const [before, held] = styles[number]
      if (href == before && holds == held) return null
      const link = links.find(each => !each.dataset.digestOld && (each.dataset.digestHref ?? each.getAttribute('href')) == before)
      return link && [link, href, href == before ? `${href}${href.includes('?') ? '&' : '?'}digest=${holds}` : href]
    })
    if (pairs.includes(undefined)) return false
    for (const pair of pairs) {
      if (!pair) continue
      const [link, href, address] = pair
      const fresh = link.cloneNode()
      fresh.dataset.digestHref = href
      fresh.href = address
      link.dataset.digestOld = ''
      fresh.onload = fresh.onerror = () => link.remove()
      link.after(fresh)
    }
    styles = next
    return true
  }

  // Asks how this page looks now, and does what is needed for it to look so.
  let asking = null
  let again = false
  const compare = () => {
    if (asking) {
      again = true
      return
    }
    asking = fetch(`${folder}look?path=${encodeURIComponent(location.pathname)}`, { cache: 'no-store' })
      .then(answer => answer.json())
      .then(look => {
        asking = null
        state = look.state
        failures = look.problems ?? []
        if (again) {
          again = false
          compare()
        } else if (failures.length && !page.startsWith('500')) show() // over the page as it was
        else if (look.page != page) reload()
        else {
          if (JSON.stringify(look.styles) != JSON.stringify(styles) && !swap(look.styles)) reload()
          show()
        }
      })
      .catch(() => (asking = null)) // the server has ended; the stream tells when there is one again
  }

  // What is wrong
  let problems = [] // of the site
  let failures = [] // of this page alone
  let host, dialog, count, seen
  const build = () => {
    if (host?.isConnected) return
    host = create('digest-preview')
    const root = host.attachShadow({ mode: 'open' })
    dialog = create('dialog')
    dialog.setAttribute('role', 'alertdialog')
    dialog.setAttribute('aria-labelledby', 'title')
    dialog.addEventListener('click', event => event.target == dialog && dialog.close())
    count = create('button', { type: 'button', className: 'count', hidden: true })
    count.addEventListener('click', () => {
      fill(current())
      open()
    })
    root.append(dialog, count)
    dress(root)
    html.append(host)
  }
  let sheet
  const dress = async root => {
    if (!sheet) {
      const text = await (await fetch(`${folder}live.css`)).text()
      sheet = new CSSStyleSheet()
      sheet.replaceSync(text)
    }
    root.adoptedStyleSheets = [sheet]
  }
  const current = () => [...failures, ...problems]
  const plural = (number, word) => `${number} ${word}${number == 1 ? '' : 's'}`
  const describe = list =>
    ['error', 'warning', 'note']
      .map(name => [list.filter(each => each.severity == name).length, name])
      .filter(([number]) => number)
      .map(([number, name]) => plural(number, name))
      .join(', ')
  const fill = list => {
    const wrong = list.some(each => each.severity == 'error')
    const close = create('button', { type: 'button', textContent: 'Close' })
    close.addEventListener('click', () => dialog.close())
    const head = create('div', { className: wrong ? 'head error' : 'head warning' }, create('h2', { id: 'title', textContent: describe(list) }), close)
    const items = list.map(each => {
      const item = create('li')
      const code = create('span', { className: 'code', textContent: `${each.severity} ${each.code}` })
      item.append(create('p', { className: 'place' }, each.place ? `${each.place} ` : '', code))
      item.append(create('p', { className: 'message', textContent: each.message }))
      if (each.source) {
        const { line, before, marked, after } = each.source
        const number = create('span', { className: 'line', textContent: `${line} | ` })
        item.append(create('pre', {}, number, before, create('mark', { textContent: marked }), after))
      }
      if (each.hint) item.append(create('p', { className: 'hint', textContent: `Hint: ${each.hint}` }))
      return item
    })
    const foot = create('p', {
      className: 'foot',
      textContent: wrong
        ? 'The site behind this is the last good one. This goes away when the problems are mended.'
        : 'The site is built all the same.',
    })
    dialog.replaceChildren(head, create('ol', {}, ...items), foot)
  }
  const open = () => {
    if (!dialog.open) dialog.showModal()
    dialog.scrollTop = 0
  }
  const show = () => {
    const list = current()
    if (!list.length && !host) return
    build()
    const told = JSON.stringify(list)
    const wrong = list.some(each => each.severity == 'error')
    count.hidden = !list.length
    count.textContent = describe(list)
    count.setAttribute('aria-label', `${describe(list)}: show`)
    if (told == seen) return
    seen = told
    if (wrong) {
      fill(list)
      open()
    } else if (dialog.open) dialog.close()
  }

  // Days to come are told from others, in the preview only.
  const mark = () => {
    for (const time of document.querySelectorAll('time[datetime]')) {
      if (time.dateTime.slice(0, 10) <= today || time.dateTime.length < 10 || time.closest('.prose, .excerpt, [data-digest-future]')) continue
      const badge = create('span', { textContent: 'Future', title: 'A build leaves this out until its day has come' })
      badge.style.cssText =
        'display:inline-block;margin-inline-start:.5em;padding:0 .5em;font:600 12px/1.6 system-ui,sans-serif;' +
        'order:9;letter-spacing:0;text-transform:none;vertical-align:middle;border:1px solid currentColor;border-radius:99px'
      time.dataset.digestFuture = ''
      time.append(badge)
    }
  }

  // A stream for as long as somebody looks: a browser has few connections for all its tabs.
  let source = null
  let timer
  const listen = () => {
    if (source || document.visibilityState == 'hidden') return
    source = new EventSource(`${folder}events`)
    source.onmessage = event => {
      const news = JSON.parse(event.data)
      problems = news.problems
      if (`${news.run}-${news.state}` == state && !page.startsWith('500')) show()
      else compare()
    }
    source.onerror = () => {
      // A browser tries again by itself unless it was refused.
      if (source?.readyState != EventSource.CLOSED) return
      leave()
      timer = setTimeout(listen, 1500)
    }
  }
  const leave = () => {
    clearTimeout(timer)
    source?.close()
    source = null
  }
  restore()
  addEventListener('DOMContentLoaded', mark)
  addEventListener('DOMContentLoaded', listen)
  document.addEventListener('visibilitychange', () => (document.visibilityState == 'hidden' ? leave() : listen()))
  addEventListener('pagehide', leave)
  addEventListener('pageshow', event => event.persisted && listen())
})()
