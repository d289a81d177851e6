namespace Shop.Customers;

public sealed record Customer(Guid Id, string Name, EmailAddress Email);
