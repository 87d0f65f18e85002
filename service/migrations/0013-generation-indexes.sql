-- Most generations have no project, no mask and, until they are done, no output: what is null is looked for by nobody, and need not be written into an index either.

drop index generation_project;
create index generation_project on generation (project_id) where project_id is not null;
drop index generation_mask;
create index generation_mask on generation (mask_id) where mask_id is not null;
drop index generation_output;
create index generation_output on generation (output_id) where output_id is not null;
