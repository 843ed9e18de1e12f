-- A SECURITY DEFINER function runs as rowgate_reader, rowgate_writer or rowgate_worker, and these own nothing else.
-- Why: as the owner, a login or an administrator it would do more than the policies of those three roles say; their
-- reach can be read in the catalog.
-- Fix: alter function … owner to rowgate_reader (it only reads) or rowgate_writer.
-- breaks: alter function app_private.touch() owner to rowgate_writer
-- breaks: alter function app_public.create_organization(text, text, text, text) owner to rowgate_owner
-- breaks: alter function app_public.me() security definer
select procedure.oid::regprocedure::text as object,
  format('is %sSECURITY DEFINER and belongs to %s', case when procedure.prosecdef then '' else 'not ' end,
    procedure.proowner::regrole) as problem
from pg_proc as procedure
where procedure.pronamespace::regnamespace::text like 'app\_%'
  and procedure.prosecdef <> (procedure.proowner in (
    'rowgate_reader'::regrole, 'rowgate_writer'::regrole, 'rowgate_worker'::regrole));
