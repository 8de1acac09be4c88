//! Prints a large schema: `large-schema TABLES`, with as many queries: `large-schema TABLES queries`.

use orm_testkit::large;

fn main() -> std::process::ExitCode {
    let mut arguments = std::env::args().skip(1);
    let tables = arguments.next().and_then(|it| it.parse().ok());
    let has_queries = arguments.next().map(|it| it == "queries");
    let (Some(tables), None | Some(true)) = (tables, has_queries) else {
        eprintln!("usage: large-schema TABLES [queries]");
        return std::process::ExitCode::from(2);
    };
    print!("{}", large::schema(tables));
    if has_queries.is_some() {
        print!("{}", large::queries(tables));
    }
    std::process::ExitCode::SUCCESS
}
