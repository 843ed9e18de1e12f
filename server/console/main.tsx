import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { startLanguage } from './i18n/start.ts'
import { makeRouter } from './routes.tsx'
import './page.css'
import { Appearances } from './ui/theme.tsx'

await startLanguage()
createRoot(document.getElementById('page')!).render(
  <Appearances>
    <RouterProvider router={makeRouter()} />
  </Appearances>
)
