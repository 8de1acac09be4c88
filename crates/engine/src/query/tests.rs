//! Queries in the SQL of both databases.
