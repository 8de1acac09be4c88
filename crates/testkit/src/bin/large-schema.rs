//! Prints a large schema: `large-schema TABLES`.

fn main() -> std::process::ExitCode {
    let tables = std::env::args().nth(1).and_then(|it| it.parse().ok());
    let Some(tables) = tables else {
        eprintln!("usage: large-schema TABLES");
        return std::process::ExitCode::from(2);
    };
    print!("{}", orm_testkit::large::schema(tables));
    std::process::ExitCode::SUCCESS
}
