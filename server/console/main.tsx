import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { begun } from './begin.ts'
import { startLanguage } from './i18n/start.ts'
import { makeRouter } from './routes.tsx'
import 'antd/dist/antd.css'
import './page.css'
import { Appearances } from './ui/theme.tsx'

await Promise.all([startLanguage(), begun])
createRoot(document.getElementById('page')!).render(
  <Appearances>
    <RouterProvider router={makeRouter()} />
  </Appearances>
)
