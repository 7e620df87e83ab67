"""What was agreed and bought: contracts, orders with the need behind them, money that comes in, subscriptions."""
