//! The clauses of a query.

/// The clauses of a query as they are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    /// `with name { … }`
    pub(super) with: Vec<String>,
    pub(super) from: String,
    /// With their words: `left_join pets on …`.
    pub(super) joins: Vec<String>,
    /// With their words: `where? …`.
    pub(super) filters: Vec<String>,
    pub(super) group_by: Vec<String>,
    pub(super) having: Vec<String>,
    pub(super) outputs: Vec<String>,
    pub(super) distinct: bool,
    /// `union { … }`
    pub(super) sets: Vec<String>,
    pub(super) order: Order,
    /// `for update`
    pub(super) lock: Option<String>,
    /// What stands after the colon, where that is not the usual.
    pub(super) cardinality: Option<&'static str>,
}

/// In which order rows come, and how many.
#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    pub(super) keys: Vec<String>,
    /// Whether no two rows that differ are equal in the keys.
    pub(super) is_total: bool,
    pub(super) limit: Option<String>,
    pub(super) offset: Option<String>,
}

impl Body {
    /// The clauses, in the order in which a person writes them.
    fn clauses(&self) -> Vec<String> {
        let mut clauses: Vec<_> = self.with.clone();
        clauses.push(format!("from {}", self.from));
        clauses.extend(self.joins.iter().chain(&self.filters).cloned());
        let list = |word: &str, items: &[String]| (!items.is_empty()).then(|| format!("{word} {}", items.join(", ")));
        clauses.extend(list("group_by", &self.group_by));
        clauses.extend(self.having.iter().map(|it| format!("having {it}")));
        let select = format!("select {}{}", if self.distinct { "distinct " } else { "" }, self.outputs.join(", "));
        // What is combined with other queries is ordered as a whole.
        let order = list("order_by", &self.order.keys);
        let counts = [("limit", &self.order.limit), ("offset", &self.order.offset)];
        let counts = counts.into_iter().filter_map(|(word, it)| Some(format!("{word} {}", it.as_ref()?)));
        let ordering: Vec<_> = order.into_iter().chain(counts).collect();
        if self.sets.is_empty() {
            clauses.extend(ordering);
            clauses.push(select);
        } else {
            clauses.push(select);
            clauses.extend(self.sets.iter().cloned());
            clauses.extend(ordering);
        }
        clauses.extend(self.lock.clone());
        clauses
    }

    /// A clause a line.
    pub(super) fn lines(&self) -> String {
        self.clauses().iter().map(|it| format!("  {it}\n")).collect()
    }

    /// In braces, on one line.
    pub(super) fn nested(&self) -> String {
        format!("{{ {} }}", self.clauses().join(" "))
    }

    pub(super) fn is_ordered(&self) -> bool {
        self.order.is_total && !self.order.keys.is_empty()
    }

    /// Whether there is more than outputs of every row of one table, without words that choose.
    pub(super) fn leaves_evaluation_open(&self) -> bool {
        let clauses = [&self.with, &self.joins, &self.filters, &self.group_by, &self.having, &self.sets];
        let words = ["{", " and ", " or ", "case ", "coalesce(", "if("];
        let is_limited = self.order.limit.is_some() || self.order.offset.is_some();
        is_limited
            || self.from.contains(words[0])
            || clauses.iter().any(|it| !it.is_empty())
            || self.outputs.iter().any(|it| words.iter().any(|word| it.contains(word)))
    }

    /// The same with one thing left out, each: such that what it gives is still sure.
    pub(super) fn smaller(&self) -> Vec<Body> {
        let mut smaller = Vec::new();
        let mut add = |change: &dyn Fn(&mut Body)| {
            let mut body = self.clone();
            change(&mut body);
            // With less of it, it may find other numbers of rows.
            body.cardinality = None;
            smaller.push(body);
        };
        if !self.order.keys.is_empty() {
            add(&|it| it.order = Order::default());
        }
        if self.order.limit.is_some() || self.order.offset.is_some() {
            add(&|it| (it.order.limit, it.order.offset) = (None, None));
        }
        if self.lock.is_some() {
            add(&|it| it.lock = None);
        }
        if self.distinct {
            add(&|it| it.distinct = false);
        }
        let lists: [fn(&mut Body) -> &mut Vec<String>; 6] = [
            |it| &mut it.with,
            |it| &mut it.joins,
            |it| &mut it.filters,
            |it| &mut it.having,
            |it| &mut it.sets,
            |it| &mut it.group_by,
        ];
        for list in lists {
            for index in 0..list(&mut self.clone()).len() {
                add(&|it| _ = list(it).remove(index));
            }
        }
        if self.outputs.len() > 1 {
            for index in 0..self.outputs.len() {
                add(&|it| _ = it.outputs.remove(index));
            }
        }
        smaller
    }
}
