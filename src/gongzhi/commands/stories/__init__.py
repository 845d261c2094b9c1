"""Stories (剧本): real courses of events, played over HTTP on a real server with a movable clock."""
