reflection-kept = Reflections you wrote: { $count }
