-- A SECURITY DEFINER function runs as rowgate_reader, rowgate_writer or rowgate_worker, and these own nothing else. Two that have no argument
-- run as rowgate_owner: they make and drop partitions of usage, which only a table's owner may, while everything is running.
-- Why: as the owner, a login or an administrator it would do more than the policies of those three roles say; their
-- reach can be read in the catalog.
-- Fix: alter function … owner to rowgate_reader (it only reads) or rowgate_writer.
-- breaks: alter function app_private.touch() owner to rowgate_writer
-- breaks: alter function app_public.create_organization(text, text, text, text) owner to rowgate_owner
-- breaks: alter function app_public.me() security definer
-- breaks: alter function app_private.touch() security definer
select procedure.oid::regprocedure::text as object,
  format('is %sSECURITY DEFINER and belongs to %s', case when procedure.prosecdef then '' else 'not ' end,
    procedure.proowner::regrole) as problem
from pg_proc as procedure
where procedure.pronamespace::regnamespace::text like 'app\_%'
  and not (
    procedure.oid::regprocedure::text in ('app_hidden.prepare_usage_partitions()', 'app_hidden.drop_usage_partitions()')
    and procedure.prosecdef and procedure.proowner = 'rowgate_owner'::regrole
  )
  and procedure.prosecdef <> (procedure.proowner in (
    'rowgate_reader'::regrole, 'rowgate_writer'::regrole, 'rowgate_worker'::regrole));
