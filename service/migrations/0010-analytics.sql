-- Page views, counted without cookies. Nothing here says who somebody is; what could help to find out goes within 48 hours.

-- Replaced daily: with it gone, nobody can tell whose a visitor hash was, nor connect two days.
create table analytics_salt (
  day date primary key,
  salt bytea not null
);

create table analytics_hit (
  id uuid primary key,
  -- The day in UTC; the hour is not kept.
  day date not null,
  path text not null,
  -- Empty when there was none, or it was our own.
  referrer_host text not null,
  browser text not null,
  os text not null,
  device text not null,
  -- Two letters, or empty when it is not known.
  country text not null,
  visitor bytea not null
);
create index analytics_hit_day on analytics_hit (day);

-- What stays: sums of a day by one property at a time, so that no row is one person's combination.
create table analytics_day (
  day date not null,
  dimension text not null check (dimension in ('all', 'path', 'referrer_host', 'browser', 'os', 'device', 'country')),
  value text not null,
  views integer not null,
  visitors integer not null,
  primary key (day, dimension, value)
);
